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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Fetches files from a server; resumes from what an interrupted attempt left. */
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
        send(HttpRequest.newBuilder(file).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    require(response, 200, file);
    return response.body().lines().toList();
  }

  /** A file's length in bytes, as the server tells it. */
  long length(URI file) throws IOException {
    HttpResponse<Void> response =
        send(
            HttpRequest.newBuilder(file)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
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
   * @param progress told how many bytes there are
   * @param isCancelled asked all the time, also while nothing arrives
   * @return whether the file is whole
   */
  boolean fetch(URI file, Path to, long length, LongConsumer progress, BooleanSupplier isCancelled)
      throws IOException {
    long have = Files.exists(to) ? Files.size(to) : 0;
    if (have > length) {
      Files.delete(to);
      have = 0;
    }
    progress.accept(have);
    if (have == length || isCancelled.getAsBoolean()) {
      return have == length;
    }
    // The request's own timeout would, from Java 26 on, end the body too.
    HttpRequest request =
        HttpRequest.newBuilder(file).header("Range", "bytes=" + have + "-").build();
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    boolean goesOn = response.statusCode() == 206;
    if (!goesOn) {
      require(response, 200, file);
      have = 0;
    }
    try (InputStream in = response.body();
        Watch watch = new Watch(in, isCancelled);
        OutputStream out =
            Files.newOutputStream(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] block = new byte[BLOCK];
      for (int n = watch.read(block); n >= 0; n = watch.read(block)) {
        out.write(block, 0, n);
        have += n;
        progress.accept(have);
        if (isCancelled.getAsBoolean()) {
          return false;
        }
      }
    } catch (IOException e) {
      if (isCancelled.getAsBoolean()) {
        return false;
      }
      throw e;
    }
    if (have != length) {
      throw new IOException("the connection ended after " + have + " of " + length + " bytes");
    }
    return true;
  }

  /** Ends a reading that waits for bytes that do not come, or that nobody wants anymore. */
  private static final class Watch implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private final InputStream in;
    private final Thread looking;
    private volatile long latest = System.nanoTime();
    private volatile boolean stalled;

    Watch(InputStream in, BooleanSupplier isCancelled) {
      this.in = in;
      looking = Thread.ofVirtual().start(() -> look(isCancelled));
    }

    private void look(BooleanSupplier isCancelled) {
      try {
        while (!isCancelled.getAsBoolean() && !stalled) {
          Thread.sleep(LOOK_MILLIS);
          stalled = System.nanoTime() - latest > PATIENCE.toNanos();
        }
        in.close();
      } catch (InterruptedException | IOException e) {
        return; // all has been read
      }
    }

    int read(byte[] block) throws IOException {
      try {
        int n = in.read(block);
        latest = System.nanoTime();
        return n;
      } catch (IOException e) {
        throw stalled
            ? new IOException("nothing arrived for " + PATIENCE.toSeconds() + " s", e)
            : e;
      }
    }

    @Override
    public void close() {
      looking.interrupt();
    }
  }

  private static void require(HttpResponse<?> response, int status, URI file) throws IOException {
    if (response.statusCode() != status) {
      throw new IOException(file + " answered " + response.statusCode());
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.sendAsync(request, handler).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException own ? own : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
