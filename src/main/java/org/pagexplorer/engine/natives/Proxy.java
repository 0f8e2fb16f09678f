package org.pagexplorer.engine.natives;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy that the environment names, as curl reads it: {@code https_proxy}, {@code http_proxy}
 * or {@code all_proxy}, but not for the hosts in {@code no_proxy}. Where it names none, Java's own
 * settings hold.
 */
record Proxy(URI address) {

  /** The proxy for a server. */
  static Optional<Proxy> of(URI server, Map<String, String> environment) {
    if (isExempt(server.getHost(), value(environment, "no_proxy").orElse(""))) {
      return Optional.empty();
    }
    return Stream.of(server.getScheme() + "_proxy", "all_proxy")
        .map(name -> value(environment, name))
        .flatMap(Optional::stream)
        .findFirst()
        .map(text -> new Proxy(URI.create(text.contains("://") ? text : "http://" + text)));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(environment::get)
        .filter(text -> text != null && !text.isBlank())
        .findFirst();
  }

  private static boolean isExempt(String host, String exceptions) {
    return List.of(exceptions.split("[, ]+")).stream()
        .map(name -> name.startsWith(".") ? name.substring(1) : name)
        .filter(name -> !name.isEmpty())
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith('.' + name));
  }

  /** Sends a client's requests through it. */
  HttpClient.Builder applyTo(HttpClient.Builder builder) {
    int port = address.getPort() < 0 ? 80 : address.getPort();
    builder.proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), port)));
    if (address.getUserInfo() != null) {
      // Java refuses a proxy's passwords for HTTPS unless told otherwise.
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
      String[] user = address.getUserInfo().split(":", 2);
      builder.authenticator(
          new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
              return new PasswordAuthentication(
                  user[0], (user.length > 1 ? user[1] : "").toCharArray());
            }
          });
    }
    return builder;
  }
}
