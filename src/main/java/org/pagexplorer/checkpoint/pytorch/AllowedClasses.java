package org.pagexplorer.checkpoint.pytorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Global;
import org.pagexplorer.checkpoint.pytorch.PickledObject.None;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.checkpoint.pytorch.PickledObject.View;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/** The Python names that a pickle may use, and what each stands for here. */
final class AllowedClasses {
  private static final String DICT = "collections.OrderedDict";
  private static final String COUNTER = "collections.Counter";
  private static final String SIZE = "torch.Size";
  private static final String REBUILD = "torch._utils._rebuild_tensor";
  private static final String REBUILD_V2 = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";

  private static final Map<String, Dtype> STORAGES =
      Map.ofEntries(
          Map.entry("torch.FloatStorage", Dtype.F32),
          Map.entry("torch.DoubleStorage", Dtype.F64),
          Map.entry("torch.HalfStorage", Dtype.F16),
          Map.entry("torch.BFloat16Storage", Dtype.BF16),
          Map.entry("torch.LongStorage", Dtype.I64),
          Map.entry("torch.IntStorage", Dtype.I32),
          Map.entry("torch.ShortStorage", Dtype.I16),
          Map.entry("torch.CharStorage", Dtype.I8),
          Map.entry("torch.ByteStorage", Dtype.U8),
          Map.entry("torch.BoolStorage", Dtype.BOOL),
          Map.entry("torch.ComplexFloatStorage", Dtype.C64));

  /** What makes a value that a state_dict does not need; it becomes {@link Opaque}. */
  private static final Set<String> INERT =
      Set.of(
          "torch.device",
          "numpy.dtype",
          "numpy.core.multiarray.scalar",
          "numpy._core.multiarray.scalar",
          "_codecs.encode");

  private static final Set<String> BUILDERS =
      Set.of(DICT, COUNTER, SIZE, REBUILD, REBUILD_V2, PARAMETER, PARAMETER_WITH_STATE);

  private AllowedClasses() {}

  /**
   * A name that a pickle asks for.
   *
   * @throws UnusableFileException naming it, if it is not on the list
   */
  static Global global(String module, String name) {
    String full = module + "." + name;
    if (!STORAGES.containsKey(full) && !INERT.contains(full) && !BUILDERS.contains(full)) {
      throw new UnusableFileException(
          "it asks for "
              + Sentences.quoted(full)
              + ", which no state_dict needs, and nothing of it was run",
          "save its state_dict alone, torch.save(model.state_dict(), …)");
    }
    return new Global(full);
  }

  /**
   * A storage's persistent id.
   *
   * @param id {@code ("storage", type, key, location, length)}, in old files with a view
   */
  static Storage storage(Object id) {
    if (id instanceof List<?> parts
        && (parts.size() == 5 || parts.size() == 6)
        && parts.getFirst().equals("storage")
        && parts.get(1) instanceof Global type
        && STORAGES.get(type.name()) instanceof Dtype dtype
        && parts.get(2) instanceof String key) {
      return parts.size() == 6 && parts.get(5) instanceof List<?> view && view.size() == 3
          ? new Storage(key, dtype, whole(view.get(1)), whole(view.get(2)))
          : new Storage(key, dtype, 0, whole(parts.get(4)));
    }
    throw new UnusableFileException("its pickle refers to something that is no tensor storage");
  }

  /** What Python's {@code callable(*arguments)} would make. */
  static Object call(Object callable, List<?> arguments) {
    if (!(callable instanceof Global(String name))) {
      throw new UnusableFileException("its pickle calls something that is no class");
    }
    return switch (name) {
      case DICT -> dictionary(arguments);
      case REBUILD, REBUILD_V2 -> view(arguments);
      case PARAMETER, PARAMETER_WITH_STATE -> argument(arguments, 0, View.class);
      case SIZE -> argument(arguments, 0, List.class);
      default -> {
        if (STORAGES.containsKey(name)) {
          throw new UnusableFileException("its pickle makes a storage of its own");
        }
        yield Opaque.OPAQUE;
      }
    };
  }

  private static Object dictionary(List<?> arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object pair : argument(arguments, 0, List.class)) {
        if (!(pair instanceof List<?> entry) || entry.size() != 2) {
          throw new UnusableFileException("its pickle makes a dictionary of something else");
        }
        Unpickler.put(dictionary, entry.get(0), entry.get(1));
      }
    }
    return dictionary;
  }

  private static View view(List<?> arguments) {
    return new View(
        argument(arguments, 0, Storage.class),
        whole(argument(arguments, 1, Object.class)),
        wholes(argument(arguments, 2, List.class)),
        wholes(argument(arguments, 3, List.class)));
  }

  private static <T> T argument(List<?> arguments, int index, Class<T> type) {
    if (index < arguments.size() && type.isInstance(arguments.get(index))) {
      return type.cast(arguments.get(index));
    }
    throw new UnusableFileException("its pickle builds a tensor of the wrong parts");
  }

  private static List<Long> wholes(List<?> values) {
    return values.stream().map(AllowedClasses::whole).toList();
  }

  private static long whole(Object value) {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw new UnusableFileException("its pickle has a tensor whose numbers are no sizes");
  }

  /** Whether a state applied to a value can be left out. */
  static boolean ignoresState(Object value) {
    return value instanceof Map || value == Opaque.OPAQUE || value == None.NONE;
  }
}
