package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

/** A server on this machine answers as DJL's does, ranges included. */
class TorchDownloadTest {
  /** No pins are shipped for it. */
  private static final String FLAVOR = "test";

  private static final String SYSTEM = FLAVOR + "/" + Build.system() + "/native/lib/";
  private static final List<String> NAMES =
      List.of(System.mapLibraryName("torch"), System.mapLibraryName("torch_cpu"), "libgomp.so.1");

  /** Tests are faster than the clocks of file systems. */
  private final FileTime later = FileTime.from(Instant.now().plusSeconds(60));

  @TempDir Path cache;
  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, byte[]> served = new LinkedHashMap<>();
  private final List<String> ranges = new ArrayList<>();
  private final CountDownLatch fellSilent = new CountDownLatch(1);
  private volatile boolean silent;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    Random random = new Random(1);
    for (String name : NAMES) {
      byte[] content = new byte[400_000];
      random.nextBytes(content);
      serve(name, StandIn.library(content));
    }
    String index =
        "cu128/"
            + Build.system()
            + "/native/lib/other.gz\n"
            + String.join(".gz\n", NAMES.stream().map(name -> SYSTEM + name).toList())
            + ".gz\n";
    served.put("/pytorch/files.txt", index.getBytes(StandardCharsets.UTF_8));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void serve(String name, byte[] content) throws IOException {
    contents.put(name, content);
    served.put("/pytorch/" + SYSTEM + name + ".gz", gzip(content));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] all = served.get(exchange.getRequestURI().getPath());
    if (all == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(all.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (range != null) {
      ranges.add(Path.of(exchange.getRequestURI().getPath()).getFileName() + " " + from);
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, all.length - from);
    if (silent && range != null) {
      exchange.getResponseBody().write(all, from, 1000);
      exchange.getResponseBody().flush();
      fellSilent.countDown();
      return; // the exchange stays open
    }
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(all, from, all.length - from);
    } catch (IOException e) {
      assertTrue(range != null, "only a canceled file ends early");
    }
  }

  private URI address(String host) {
    return URI.create("http://" + host + ':' + server.getAddress().getPort() + "/pytorch/");
  }

  private TorchDownload download() {
    return new TorchDownload(FLAVOR, address("localhost"), cache);
  }

  private void assertComplete(TorchDownload download) throws IOException {
    assertTrue(isThere(download));
    for (String name : NAMES) {
      assertArrayEquals(contents.get(name), Files.readAllBytes(download.folder().resolve(name)));
    }
    try (var left = Files.list(cache)) {
      assertEquals(
          Set.of(download.folder(), cache.resolve(CacheLock.NAME), cache.resolve("pag-pins.txt")),
          left.collect(Collectors.toSet()));
    }
  }

  private static boolean isThere(TorchDownload download) {
    return download.isThere(Preparation.SILENT);
  }

  @Test
  void everythingArrivesAndNothingIsLeftBehind() throws IOException {
    List<Long> done = new ArrayList<>();
    long[] offered = new long[1];
    TorchDownload download = download();
    assertFalse(isThere(download));
    download.fetch(
        new Preparation() {
          @Override
          public boolean mayDownload(Offer offer) {
            assertTrue(ranges.isEmpty(), "asked before the first byte");
            assertEquals("localhost", offer.from());
            offered[0] = offer.bytes();
            return true;
          }

          @Override
          public void progress(String stage, long now, long total) {
            assertEquals(offered[0], total);
            done.add(now);
          }
        });
    assertComplete(download);
    assertEquals(done.stream().sorted().toList(), done);
    assertEquals(offered[0], done.getLast());
  }

  @Test
  void aCancelledDownloadIsGoneOnWith() throws IOException {
    long enough = served.get("/pytorch/" + SYSTEM + NAMES.getFirst() + ".gz").length + 100_000L;
    String sentence =
        assertThrows(UserException.class, () -> download().fetch(cancelledAfter(enough)))
            .getMessage();
    assertTrue(sentence.contains("the next attempt resumes it"), sentence);
    ranges.clear();
    TorchDownload again = download();
    again.fetch(Preparation.SILENT);
    assertComplete(again);
    // The first file is not asked for again, the second from where it broke off.
    assertEquals(2, ranges.size());
    assertTrue(ranges.getFirst().startsWith(NAMES.get(1)), ranges.toString());
    int from = Integer.parseInt(ranges.getFirst().split(" ")[1]);
    assertTrue(from >= 100_000 && from < 400_000, ranges.toString());
    assertEquals(NAMES.get(2) + ".gz 0", ranges.getLast());
  }

  private static Preparation cancelledAfter(long bytes) {
    return new Preparation() {
      private long have;

      @Override
      public void progress(String stage, long done, long total) {
        have = done;
      }

      @Override
      public boolean isCancelled() {
        return have >= bytes;
      }
    };
  }

  /** A peer that falls silent must not keep anybody from stopping. */
  @Test
  void aSilentServerDoesNotKeepACancelFromWorking() throws Exception {
    silent = true;
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<String> sentence =
        CompletableFuture.supplyAsync(
            () ->
                assertThrows(
                        UserException.class,
                        () ->
                            download()
                                .fetch(
                                    new Preparation() {
                                      @Override
                                      public boolean isCancelled() {
                                        return cancelled.get();
                                      }
                                    }))
                    .getMessage());
    assertTrue(fellSilent.await(20, TimeUnit.SECONDS));
    cancelled.set(true);
    assertTrue(sentence.get(10, TimeUnit.SECONDS).contains("the next attempt resumes it"));
  }

  @Test
  void nothingIsAskedOnceItIsCancelled() {
    String sentence =
        assertThrows(UserException.class, () -> download().fetch(new Refusing(true))).getMessage();
    assertTrue(sentence.contains("may not be downloaded"), sentence);
  }

  @Test
  void nothingIsFetchedWithoutLeave() {
    String sentence =
        assertThrows(UserException.class, () -> download().fetch(new Refusing(false))).getMessage();
    assertTrue(sentence.contains("--torch DIR"), sentence);
    assertEquals(List.of(), ranges);
    assertFalse(isThere(download()));
  }

  @Test
  void aDamagedFileIsFetchedAnew() throws IOException {
    String path = "/pytorch/" + SYSTEM + NAMES.get(1) + ".gz";
    byte[] good = served.get(path);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    served.put(path, bad);
    assertThrows(UserException.class, () -> download().fetch(Preparation.SILENT));
    served.put(path, good);
    TorchDownload again = download();
    again.fetch(Preparation.SILENT);
    assertComplete(again);
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.stop(0);
    String sentence =
        assertThrows(UserException.class, () -> download().fetch(Preparation.SILENT)).getMessage();
    assertTrue(sentence.contains("could not be downloaded from localhost"), sentence);
    assertTrue(sentence.contains("https_proxy"), sentence);
  }

  @Test
  void theProxyOfTheEnvironmentIsUsed() throws IOException {
    // Nobody has this name: only the proxy, which is the server itself, can answer.
    URI elsewhere = URI.create("http://pytorch.invalid/pytorch/");
    Map<String, String> environment =
        Map.of("http_proxy", "localhost:" + server.getAddress().getPort());
    List<String> lines = new Transfer(elsewhere, environment).lines(elsewhere.resolve("files.txt"));
    assertEquals(NAMES.size() + 1, lines.size());
    assertThrows(
        IOException.class,
        () -> new Transfer(elsewhere, Map.of()).lines(elsewhere.resolve("files.txt")));
  }

  @Test
  void whatWasCutOffOrChangedIsFetchedAgain() throws IOException {
    TorchDownload download = download();
    download.fetch(Preparation.SILENT);
    Path library = download.folder().resolve(NAMES.get(1));
    byte[] whole = Files.readAllBytes(library);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(Arrays.copyOf(whole, 1000), changed)) {
      Files.write(library, damaged);
      Files.setLastModifiedTime(library, later);
      assertFalse(isThere(download));
      download.fetch(Preparation.SILENT);
      assertComplete(download);
    }
    // Written again with the same bytes: hashed once, and not fetched.
    ranges.clear();
    Files.write(library, whole);
    Files.setLastModifiedTime(library, later);
    assertTrue(isThere(download));
    assertEquals(List.of(), ranges);
  }

  /** DJL itself, and this program in former versions, have left no list. */
  @Test
  void whatWasFetchedBeforeThereWereListsIsTakenOnceItIsWhole() throws IOException {
    TorchDownload download = download();
    download.fetch(Preparation.SILENT);
    Path list = download.folder().resolve(Inventory.NAME);
    Files.delete(list);
    Files.delete(cache.resolve("pag-pins.txt"));
    assertTrue(isThere(download));
    assertEquals(NAMES.size(), Files.readAllLines(list).size());
    Files.delete(list);
    Path library = download.folder().resolve(NAMES.get(1));
    Files.write(library, Arrays.copyOf(Files.readAllBytes(library), 1000));
    assertFalse(isThere(download));
  }

  @Test
  void anotherFileThanTheFirstIsRefused() throws IOException {
    TorchDownload download = download();
    download.fetch(Preparation.SILENT);
    Leftovers.delete(download.folder());
    serve(NAMES.get(1), StandIn.library(new byte[] {1, 2, 3}));
    String sentence = refusal();
    assertTrue(sentence.contains(NAMES.get(1) + " is not the file that it should be"), sentence);
    assertTrue(sentence.contains("or delete " + cache.resolve("pag-pins.txt")), sentence);
    assertFalse(isThere(download));
  }

  @Test
  void pinnedLibrariesAreNoOthers() throws IOException {
    String path = SYSTEM.replace(FLAVOR, "cpu") + NAMES.getFirst() + ".gz";
    served.put("/pytorch/" + path, gzip(StandIn.library(new byte[] {1})));
    served.put("/pytorch/files.txt", (path + "\n").getBytes(StandardCharsets.UTF_8));
    TorchDownload download = new TorchDownload("cpu", address("localhost"), cache);
    String sentence =
        assertThrows(UserException.class, () -> download.fetch(Preparation.SILENT)).getMessage();
    assertTrue(sentence.contains("is not the file that it should be"), sentence);
    assertFalse(Files.exists(download.folder()));
  }

  @Test
  void whatIsNoLibraryIsNotKept() throws IOException {
    serve(NAMES.get(2), "<html>Sign in to this network</html>".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        NAMES.get(2) + " from localhost is not a native library, so it is not used.", refusal());
    assertFalse(Files.exists(download().folder()));
  }

  @Test
  void theServerDoesNotChooseWhereItsFilesGo() {
    for (String name :
        List.of("..%2F..%2Fevil.so", "..%5Cevil.so", "C:evil.so", "..", ".profile", "%00", "")) {
      String index = SYSTEM + name + ".gz\n";
      served.put("/pytorch/files.txt", index.getBytes(StandardCharsets.UTF_8));
      String sentence = refusal();
      assertTrue(sentence.contains("lists a file with an impossible name"), name + ": " + sentence);
      assertEquals(List.of(), ranges);
    }
    assertFalse(Files.exists(cache.resolve("evil.so")));
  }

  @Test
  void theRealServerIsAskedSafely() {
    assertEquals("https", TorchDownload.SERVER.getScheme());
  }

  private String refusal() {
    return assertThrows(UserException.class, () -> download().fetch(Preparation.SILENT))
        .getMessage();
  }
}
