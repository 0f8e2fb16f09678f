package org.pagexplorer.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server of this machine for downloads, which can break off, and can be unable to resume. */
final class ArchiveServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** What was asked for, in order: {@code /name} or {@code /name from 12}. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** How many bytes one answer holds before it breaks off. */
  volatile int cut = Integer.MAX_VALUE;

  volatile boolean resumes = true;

  ArchiveServer() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  void put(String name, byte[] content) {
    files.put("/" + name, content);
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        answer(client);
      } catch (IOException e) {
        // Closed, or the client went away.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
    String path = URI.create(reader.readLine().split(" ")[1]).getPath();
    int from = 0;
    for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
      if (resumes && line.startsWith("Range: bytes=")) {
        from = Integer.parseInt(line.replaceAll("\\D", ""));
      }
    }
    requests.add(from == 0 ? path : path + " from " + from);
    byte[] content = files.get(path);
    OutputStream out = client.getOutputStream();
    if (content == null) {
      head(out, "404 Not Found", "Content-Length: 0");
    } else if (from >= content.length) {
      head(out, "416 Range Not Satisfiable", "Content-Range: bytes */" + content.length);
    } else {
      String range = "\r\nContent-Range: bytes " + from + "-" + (content.length - 1) + "/";
      head(
          out,
          from > 0 ? "206 Partial Content" : "200 OK",
          "Content-Length: " + (content.length - from) + (from > 0 ? range + content.length : ""));
      out.write(content, from, Math.min(content.length - from, cut));
    }
  }

  private static void head(OutputStream out, String status, String fields) throws IOException {
    String head = "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + fields + "\r\n\r\n";
    out.write(head.getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
