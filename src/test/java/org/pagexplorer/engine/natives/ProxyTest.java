package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.UserException;

class ProxyTest {
  private static final URI SERVER = URI.create("https://publish.djl.ai/pytorch/");

  private static Optional<String> of(Map<String, String> environment) {
    return Proxy.of(SERVER, environment).map(proxy -> proxy.address().toString());
  }

  @Test
  void readsTheEnvironmentAsCurlDoes() {
    assertEquals(Optional.empty(), of(Map.of()));
    assertEquals(Optional.of("http://a:1"), of(Map.of("https_proxy", "http://a:1")));
    assertEquals(Optional.of("http://a:1"), of(Map.of("HTTPS_PROXY", "a:1")));
    assertEquals(Optional.of("http://b:2"), of(Map.of("all_proxy", "http://b:2")));
    assertEquals(Optional.empty(), of(Map.of("http_proxy", "http://a:1")));
    assertEquals(
        Optional.of("http://a:1"), of(Map.of("https_proxy", "a:1", "all_proxy", "http://b:2")));
  }

  @Test
  void whatIsNoAddressIsRefusedWithoutItsPassword() {
    for (String wrong :
        new String[] {"http://DOMAIN\\user:secret@proxy:3128", "http://my_proxy:1"}) {
      String sentence =
          assertThrows(UserException.class, () -> of(Map.of("https_proxy", wrong))).getMessage();
      assertTrue(sentence.startsWith("The proxy that https_proxy"), sentence);
      assertFalse(sentence.contains("secret"), sentence);
    }
  }

  @Test
  void someHostsAreReachedWithoutIt() {
    for (String exceptions : new String[] {"djl.ai", ".djl.ai", "x.org, djl.ai", "*"}) {
      assertEquals(Optional.empty(), of(Map.of("https_proxy", "a:1", "no_proxy", exceptions)));
    }
    for (String exceptions : new String[] {"", "ai.djl", "ublish.djl.ai"}) {
      assertEquals(
          Optional.of("http://a:1"), of(Map.of("https_proxy", "a:1", "no_proxy", exceptions)));
    }
  }
}
