package org.pagexplorer.checkpoint.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Initialization;

/** Several sets of weights in a file, and which of them is taken. */
class WeightSetsTest {
  private static final Architecture NETWORK = Architecture.resNet18(1, InputShape.CIFAR, 10);
  private static final SequencedMap<String, Tensor> ONE = Initialization.of(NETWORK, 1);
  private static final SequencedMap<String, Tensor> TWO = Initialization.of(NETWORK, 2);

  @TempDir private Path folder;

  /** A dictionary of sets, or a list of them under a key. */
  private Path file(Map<String, SequencedMap<String, Tensor>> sets, boolean isList)
      throws IOException {
    Pickle pickle = new Pickle().op('}').op('(');
    if (isList) {
      pickle.text("state_dict").op(']').op('(');
    }
    List<byte[]> storages = new ArrayList<>();
    for (var set : sets.entrySet()) {
      if (!isList) {
        pickle.text(set.getKey());
      }
      pickle.op('}').op('(');
      for (var entry : set.getValue().entrySet()) {
        long[] sizes = entry.getValue().shape().toArray();
        String key = String.valueOf(storages.size());
        storages.add(TorchSave.floats(entry.getValue().values()));
        int length = entry.getValue().values().length;
        pickle
            .text(entry.getKey())
            .tensor("FloatStorage", key, length, 0, sizes, TorchSave.rowMajor(sizes));
      }
      pickle.op('u');
    }
    byte[] bytes = (isList ? pickle.op('e') : pickle).op('u').end();
    return Files.write(folder.resolve("sets.pt"), TorchSave.zip(bytes, storages));
  }

  private static SequencedMap<String, SequencedMap<String, Tensor>> named(
      String first, String second) {
    SequencedMap<String, SequencedMap<String, Tensor>> sets = new LinkedHashMap<>();
    sets.put(first, ONE);
    sets.put(second, TWO);
    return sets;
  }

  private static void assertSets(Path file, String first, String second) {
    ForeignModel likeliest = ForeignModel.read(file);
    assertEquals(List.of(first, second), likeliest.places());
    assertEquals(first, likeliest.place());
    String remark = likeliest.remarks().getFirst();
    assertTrue(
        remark.contains("2 sets of weights, the likeliest first: \"" + first + "\""), remark);
    ForeignModel other = ForeignModel.read(file, second);
    assertEquals(second, other.place());
    assertEquals(likeliest.tensors().equals(ONE) ? TWO : ONE, other.tensors());
    assertEquals(List.of(first, second), other.places());
    String refusal =
        String.valueOf(
            assertThrows(UserException.class, () -> ForeignModel.read(file, "nothing"))
                .getMessage());
    assertTrue(refusal.contains("no weights under \"nothing\"; it has \"" + first), refusal);
  }

  @Test
  void theUsualKeyComesFirstWhereverItStands() throws IOException {
    assertSets(file(named("state_dict_ema", "state_dict"), false), "state_dict", "state_dict_ema");
    assertEquals(TWO, ForeignModel.read(folder.resolve("sets.pt")).tensors());
    assertSets(file(named("ema", "student"), false), "student", "ema");
  }

  @Test
  void ofStudentAndTeacherTheFirstInTheFileComesFirst() throws IOException {
    assertSets(file(named("student", "teacher"), false), "student", "teacher");
    assertSets(file(named("a", "b"), true), "state_dict.0", "state_dict.1");
  }

  @Test
  void twoNetworksInOneDictionaryAreTwoSets() throws IOException {
    SequencedMap<String, Tensor> both = new LinkedHashMap<>();
    ONE.forEach((name, tensor) -> both.put("student." + name, tensor));
    TWO.forEach((name, tensor) -> both.put("teacher." + name, tensor));
    both.put("head.weight", new Tensor(TensorShape.of(2, 2), new float[4]));
    Path file = Files.write(folder.resolve("flat.pt"), TorchSave.zip(both));
    assertSets(file, "student", "teacher");
    assertEquals(ONE, ForeignModel.read(file, "student").tensors());
  }

  @Test
  void aKnownNetworkComesBeforeALargerUnknownOne() throws IOException {
    SequencedMap<String, Tensor> unknown = new LinkedHashMap<>();
    ONE.forEach((name, tensor) -> unknown.put("decoder." + name.replace("conv", "up"), tensor));
    SequencedMap<String, SequencedMap<String, Tensor>> sets = new LinkedHashMap<>();
    sets.put("model", unknown);
    sets.put("classifier", TWO);
    ForeignModel model = ForeignModel.read(file(sets, false));
    assertEquals(TWO, model.tensors());
    assertEquals(List.of("classifier"), model.places());
  }

  @Test
  void anOptimizersMomentsAreNoWeights() throws IOException {
    ForeignModel model = ForeignModel.read(file(named("optimizer", "weights"), false));
    assertEquals("weights", model.place());
    assertEquals(TWO, model.tensors());
  }
}
