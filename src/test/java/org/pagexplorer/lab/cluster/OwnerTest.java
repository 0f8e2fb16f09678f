package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class OwnerTest {
  @TempDir private Path run;

  @Test
  void othersMayOnlyLook() {
    String me = System.getProperty("user.name");
    Owner.check(run);
    Owner.check(run, me);
    Owner.check(run, "DOMAIN\\" + me);
    String said =
        String.valueOf(
            assertThrows(UserException.class, () -> Owner.check(Path.of("/a/b"), "DOMAIN\\alice"))
                .getMessage());
    assertEquals("The run \"b\" belongs to alice: only alice may change it.", said);
  }
}
