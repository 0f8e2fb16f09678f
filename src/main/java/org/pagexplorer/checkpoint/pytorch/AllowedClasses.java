package org.pagexplorer.checkpoint.pytorch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Global;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Opaque;
import org.pagexplorer.checkpoint.pytorch.PickledObject.Storage;
import org.pagexplorer.checkpoint.pytorch.PickledObject.View;
import org.pagexplorer.files.UnusableFileException;

/**
 * The few Python names that make tensors, and what each stands for here. Whatever else a pickle
 * names becomes an {@link Opaque}; nothing is looked up or called.
 */
final class AllowedClasses {
  private static final String DICT = "collections.OrderedDict";
  private static final String COUNTER = "collections.Counter";
  private static final String SIZE = "torch.Size";
  private static final String REBUILD = "torch._utils._rebuild_tensor";
  private static final String REBUILD_V2 = "torch._utils._rebuild_tensor_v2";
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final String PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";

  /**
   * Around the others, for a tensor with attributes: {@code (function, class, arguments, state)}.
   */
  private static final String FROM_TYPE = "torch._tensor._rebuild_from_type_v2";

  /** Of the classes that Python's object makes, before protocol 2: {@code (class, base, state)}. */
  private static final Set<String> RECONSTRUCTORS =
      Set.of("copyreg._reconstructor", "copy_reg._reconstructor");

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

  private static final Set<String> BUILDERS =
      Set.of(DICT, COUNTER, SIZE, REBUILD, REBUILD_V2, PARAMETER, PARAMETER_WITH_STATE, FROM_TYPE);

  private AllowedClasses() {}

  /** Whether a name takes part in making tensors. */
  static boolean makesTensors(String name) {
    return STORAGES.containsKey(name) || BUILDERS.contains(name);
  }

  /**
   * What a persistent id stands for: a {@link Storage}, an {@link Opaque} where its numbers are of
   * an unknown kind, or the class whose source code an old file holds.
   *
   * @param id {@code ("storage", type, key, location, length)}, in old files with a view; or {@code
   *     ("module", class, file, source)}
   */
  static Object persistent(Object id) {
    if (id instanceof List<?> parts && parts.size() >= 2 && parts.get(1) instanceof Global type) {
      if (parts.getFirst().equals("module")) {
        return type;
      }
      if (parts.getFirst().equals("storage")) {
        return storage(type.name(), parts);
      }
    }
    throw new UnusableFileException("its pickle refers to something that is not a tensor storage");
  }

  private static Object storage(String type, List<?> parts) {
    Dtype dtype = STORAGES.get(type);
    if (dtype == null) {
      return new Opaque(type);
    }
    if ((parts.size() == 5 || parts.size() == 6) && parts.get(2) instanceof String key) {
      return parts.size() == 6 && parts.get(5) instanceof List<?> view && view.size() == 3
          ? new Storage(key, dtype, whole(view.get(1)), whole(view.get(2)))
          : new Storage(key, dtype, 0, whole(parts.get(4)));
    }
    throw new UnusableFileException("its pickle refers to something that is not a tensor storage");
  }

  /** What Python's {@code callable(*arguments)} would make. */
  static Object call(Object callable, List<?> arguments) {
    if (callable instanceof Opaque made) {
      return new Opaque(made.name());
    }
    if (!(callable instanceof Global global)) {
      throw new UnusableFileException("its pickle calls something that is not a class");
    }
    return switch (global.name()) {
      case DICT, COUNTER -> dictionary(global.name(), arguments);
      case REBUILD, REBUILD_V2 -> view(arguments);
      case PARAMETER, PARAMETER_WITH_STATE -> parameter(arguments);
      case FROM_TYPE -> fromType(arguments);
      case SIZE -> argument(arguments, 0, List.class);
      default -> {
        if (STORAGES.containsKey(global.name())) {
          throw new UnusableFileException("its pickle makes a storage of its own");
        }
        yield new Opaque(made(global, arguments));
      }
    };
  }

  /** Whose value it is. */
  private static String made(Global global, List<?> arguments) {
    if (RECONSTRUCTORS.contains(global.name())
        && !arguments.isEmpty()
        && arguments.getFirst() instanceof Global type) {
      return type.name();
    }
    return global.name();
  }

  private static Object dictionary(String name, List<?> arguments) {
    Object first = arguments.isEmpty() ? List.of() : arguments.getFirst();
    if (first instanceof Map) {
      return first;
    }
    if (!(first instanceof List<?> pairs)) {
      return new Opaque(name);
    }
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    for (Object pair : pairs) {
      if (!(pair instanceof List<?> entry) || entry.size() != 2) {
        throw new UnusableFileException("its pickle makes a dictionary of something else");
      }
      PickleStack.put(dictionary, entry.get(0), entry.get(1));
    }
    return dictionary;
  }

  private static Object view(List<?> arguments) {
    if (!arguments.isEmpty() && arguments.getFirst() instanceof Opaque uncalled) {
      return new Opaque(uncalled.name());
    }
    return new View(
        argument(arguments, 0, Storage.class),
        whole(argument(arguments, 1, Object.class)),
        wholes(argument(arguments, 2, List.class)),
        wholes(argument(arguments, 3, List.class)));
  }

  private static Object parameter(List<?> arguments) {
    return !arguments.isEmpty() && arguments.getFirst() instanceof Opaque uncalled
        ? uncalled
        : argument(arguments, 0, View.class);
  }

  /** A tensor's attributes are left out, and its class is a tensor's, whatever it is called. */
  private static Object fromType(List<?> arguments) {
    Global function = argument(arguments, 0, Global.class);
    return switch (function.name()) {
      case REBUILD, REBUILD_V2 -> view(argument(arguments, 2, List.class));
      case PARAMETER, PARAMETER_WITH_STATE -> parameter(argument(arguments, 2, List.class));
      default -> new Opaque(function.name());
    };
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
    throw new UnusableFileException("its pickle has a tensor whose numbers are not sizes");
  }
}
