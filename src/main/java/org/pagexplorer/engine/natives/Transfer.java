package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Fetches files from a server; what an interrupted attempt has left is gone on from. */
final class Transfer {
  private static final int BLOCK = 1 << 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;

  /**
   * @param environment may name a proxy
   */
  Transfer(URI server, Map<String, String> environment) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL);
    client =
        Proxy.of(server, environment).map(proxy -> proxy.applyTo(builder)).orElse(builder).build();
  }

  /** The lines of a small text file. */
  List<String> lines(URI file) throws IOException {
    HttpResponse<String> response =
        send(request(file).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    require(response, 200, file);
    return response.body().lines().toList();
  }

  /** A file's length in bytes, as the server tells it. */
  long length(URI file) throws IOException {
    HttpResponse<Void> response =
        send(
            request(file).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.discarding());
    require(response, 200, file);
    return response
        .headers()
        .firstValueAsLong("content-length")
        .orElseThrow(() -> new IOException(file + " has no length"));
  }

  /**
   * Fetches what is missing of a file.
   *
   * @param length of the whole file, bytes
   * @param goOn told how many bytes there are; false stops
   * @return whether the file is whole
   */
  boolean fetch(URI file, Path to, long length, LongPredicate goOn) throws IOException {
    long have = Files.exists(to) ? Files.size(to) : 0;
    if (have > length) {
      Files.delete(to);
      have = 0;
    }
    if (have == length) {
      return goOn.test(have);
    }
    HttpResponse<InputStream> response =
        send(
            request(file).header("Range", "bytes=" + have + "-").build(),
            BodyHandlers.ofInputStream());
    boolean goesOn = response.statusCode() == 206;
    if (!goesOn) {
      require(response, 200, file);
      have = 0;
    }
    try (InputStream in = response.body();
        OutputStream out =
            Files.newOutputStream(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] block = new byte[BLOCK];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        out.write(block, 0, n);
        have += n;
        if (!goOn.test(have)) {
          return false;
        }
      }
    }
    if (have != length) {
      throw new IOException("the connection ended after " + have + " of " + length + " bytes");
    }
    return true;
  }

  private static HttpRequest.Builder request(URI file) {
    return HttpRequest.newBuilder(file).timeout(PATIENCE);
  }

  private static void require(HttpResponse<?> response, int status, URI file) throws IOException {
    if (response.statusCode() != status) {
      throw new IOException(file + " answered " + response.statusCode());
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
