package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pagexplorer.domain.UserException;

/**
 * What a server has of PyTorch, as its {@code files.txt} says.
 *
 * @param server ends with a slash
 */
record TorchListing(URI server, String flavor) {

  /** What there is for this system, with compressed lengths. */
  Map<URI, Long> files(Transfer transfer) throws IOException {
    String wanted = flavor + '/' + Build.system() + '/';
    Map<URI, Long> files = new LinkedHashMap<>();
    for (String line : transfer.lines(server.resolve("files.txt"))) {
      if (line.startsWith(wanted)) {
        URI file = server.resolve(line.strip());
        requirePlain(name(file));
        files.put(file, transfer.length(file));
      }
    }
    if (files.isEmpty()) {
      throw new UserException(
          server.getHost() + " has no " + Build.title(flavor) + " for " + Build.system() + '.');
    }
    return files;
  }

  /** {@code …/libtorch.so.gz} becomes {@code libtorch.so}. */
  static String name(URI file) {
    String path = file.getRawPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return URLDecoder.decode(last, StandardCharsets.UTF_8).replaceFirst("\\.gz$", "");
  }

  /** The server does not choose where its files go. */
  private void requirePlain(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*")) {
      throw new UserException(
          server.getHost()
              + " lists a file with an impossible name, so nothing was downloaded: specify an"
              + " installed PyTorch "
              + Build.version()
              + " with --torch DIR.");
    }
  }
}
