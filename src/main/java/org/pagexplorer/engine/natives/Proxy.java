package org.pagexplorer.engine.natives;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;

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
        .map(Proxy::parse);
  }

  /** The text may hold a password: it is not repeated. */
  private static Proxy parse(String text) {
    try {
      URI address = new URI(text.contains("://") ? text : "http://" + text);
      if (address.getHost() != null) {
        return new Proxy(address);
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new UserException(
        "The proxy that https_proxy, http_proxy or all_proxy names is not an address like"
            + " http://host:port or http://user:password@host:port.");
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
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
              return getRequestorType() == RequestorType.PROXY
                  ? new PasswordAuthentication(
                      user[0], (user.length > 1 ? user[1] : "").toCharArray())
                  : null; // the server is somebody else
            }
          });
    }
    return builder;
  }
}
