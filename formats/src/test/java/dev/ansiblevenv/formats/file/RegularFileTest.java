package dev.ansiblevenv.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegularFileTest {

  @TempDir Path directory;

  @Test
  void a_file_is_read_also_through_a_link() throws IOException {
    Files.writeString(directory.resolve("file"), "content");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
    assertThat(RegularFile.readText(directory.resolve("link"))).isEqualTo("content");
    assertThatThrownBy(() -> RegularFile.read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void pipes_devices_sockets_and_directories_are_not_opened() throws Exception {
    var pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var device = Files.createSymbolicLink(directory.resolve("device"), Path.of("/dev/zero"));
    var socket = directory.resolve("socket");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      for (var file : new Path[] {pipe, device, socket, directory}) {
        assertThatThrownBy(() -> RegularFile.read(file))
            .isInstanceOf(FileSystemException.class)
            .hasMessageContaining("it is not a regular file");
      }
    }
  }

  @Test
  void a_file_that_is_too_large_is_named() throws IOException {
    var file = Files.write(directory.resolve("file"), new byte[RegularFile.LARGEST + 1]);
    assertThatThrownBy(() -> RegularFile.read(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("it has more than 16 MiB");
  }
}
