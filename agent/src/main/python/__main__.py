raise SystemExit("agent")
