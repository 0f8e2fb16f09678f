package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.Python;

/** Datasets as Python's NumPy and pickle write them. */
class PythonDatasetsTest {
  @TempDir Path folder;

  @Test
  void cifarsPicklesOfEveryProtocolAndNumPysArchivesHoldTheSameImages() throws Exception {
    assumeTrue(Python.has("numpy", folder), "there is no NumPy for Python here");
    String printed =
        Python.run(
            """
            import sys, os, pickle, numpy as np
            out = sys.argv[1]
            x = (np.arange(3 * 3072) % 251).astype(np.uint8).reshape(3, 3072); y = [4, 0, 9]
            for protocol in (2, 3, 4, 5):
                os.makedirs(f'{out}/p{protocol}')
                pickle.dump({b'labels': y, b'data': x, b'filenames': [b'a.png'] * 3}, open(f'{out}/p{protocol}/test_batch', 'wb'), protocol)
                pickle.dump({'label_names': list('abcdefghij')}, open(f'{out}/p{protocol}/batches.meta', 'wb'), protocol)
            os.makedirs(out + '/arrays')
            pickle.dump({'labels': np.array(y), 'data': x}, open(out + '/arrays/test_batch', 'wb'))
            pickle.dump({'label_names': list('abcdefghij')}, open(out + '/arrays/batches.meta', 'wb'))
            hwc = x.reshape(3, 3, 32, 32).transpose(0, 2, 3, 1)
            np.savez(out + '/plain.npz', x_test=hwc, y_test=y)
            np.savez_compressed(out + '/packed.npz', test_images=hwc, test_labels=np.array(y)[:, None])
            """,
            folder, folder.toString());
    assertEquals("", printed);
    Dataset first = Datasets.open(folder.resolve("p2"), Split.TEST);
    assertEquals("e", first.classes().get(first.label(0)));
    for (String name : new String[] {"p3", "p4", "p5", "arrays", "plain.npz", "packed.npz"}) {
      Dataset other = Datasets.open(folder.resolve(name), Split.TEST);
      assertEquals(3, other.size(), name);
      for (int i = 0; i < 3; i++) {
        assertEquals(first.label(i), other.label(i), name);
        assertArrayEquals(first.bytes(i), other.bytes(i), name);
      }
    }
  }
}
