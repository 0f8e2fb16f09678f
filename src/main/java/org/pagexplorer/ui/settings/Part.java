package org.pagexplorer.ui.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.JsonFields;

/**
 * Values of the window by name, which can be given as JSON and taken from it: to be remembered,
 * undone, or set back. On the FX thread.
 *
 * <p>What cannot be taken, as it is missing or out of its range, stays as it is.
 */
public final class Part {
  private final String name;
  private final List<Field> fields = new ArrayList<>();

  /** Of the settings' file. */
  public Part(String name) {
    this.name = name;
  }

  private record Field(
      String name,
      Supplier<JsonElement> give,
      BiConsumer<JsonFields, String> take,
      List<Observable> changes) {}

  /** Yes or no. */
  public Part truth(String field, BooleanProperty property) {
    return add(
        field,
        property,
        () -> new JsonPrimitive(property.get()),
        (from, key) -> property.set(from.truth(key)));
  }

  /** A number within a range. */
  public Part number(String field, Property<Number> property, double low, double high) {
    return add(
        field,
        property,
        () -> new JsonPrimitive(property.getValue()),
        (from, key) -> property.setValue(from.number(key, low, high)));
  }

  /** A whole number within a range. */
  public Part whole(String field, Property<Number> property, int low, int high) {
    return add(
        field,
        property,
        () -> new JsonPrimitive(property.getValue().longValue()),
        (from, key) -> property.setValue(from.whole(key, low, high)));
  }

  /** One of few, by its name in files. */
  public <T extends Named> Part choice(String field, Property<T> property, T[] choices) {
    return add(
        field,
        property,
        () -> new JsonPrimitive(property.getValue().id()),
        (from, key) -> property.setValue(from.choice(key, choices)));
  }

  /** One of few, by the constant's name. */
  public <E extends Enum<E>> Part constant(String field, Property<E> property, E[] choices) {
    return add(
        field,
        property,
        () -> new JsonPrimitive(property.getValue().name()),
        (from, key) -> {
          String wanted = from.raw(key);
          Arrays.stream(choices)
              .filter(each -> each.name().equals(wanted))
              .findFirst()
              .ifPresent(property::setValue);
        });
  }

  /** A text. */
  public Part text(String field, Property<String> property) {
    return text(field, property::getValue, property::setValue, property);
  }

  /** A text that something else is made of. */
  public Part text(
      String field, Supplier<String> give, Consumer<String> take, Observable... changes) {
    return value(
        field,
        () -> new JsonPrimitive(give.get()),
        (from, key) -> take.accept(from.raw(key)),
        changes);
  }

  /** Texts, of which there may be none. */
  public Part texts(
      String field,
      Supplier<List<String>> give,
      Consumer<List<String>> take,
      Observable... changes) {
    return value(
        field,
        () -> {
          JsonArray array = new JsonArray();
          give.get().forEach(array::add);
          return array;
        },
        (from, key) -> take.accept(texts(from.object().get(key))),
        changes);
  }

  private static List<String> texts(@Nullable JsonElement element) {
    List<String> texts = new ArrayList<>();
    if (element instanceof JsonArray array) {
      for (JsonElement each : array) {
        if (each instanceof JsonPrimitive text && text.isString()) {
          texts.add(text.getAsString());
        }
      }
    }
    return texts;
  }

  /**
   * Anything else.
   *
   * @param take given the fields and the name of its own, for instance to call {@code from.whole}
   * @param changes told of whatever may change it
   */
  public Part value(
      String field,
      Supplier<JsonElement> give,
      BiConsumer<JsonFields, String> take,
      Observable... changes) {
    fields.add(new Field(field, give, take, List.of(changes)));
    return this;
  }

  private Part add(
      String field,
      Observable property,
      Supplier<JsonElement> give,
      BiConsumer<JsonFields, String> take) {
    return value(field, give, take, property);
  }

  public String name() {
    return name;
  }

  /** The values as they are. */
  public JsonObject give() {
    JsonObject json = new JsonObject();
    fields.forEach(field -> json.add(field.name(), field.give().get()));
    return json;
  }

  /** Sets the values that are there and can be taken, in the order in which they were added. */
  public void take(JsonObject json) {
    JsonFields from = new JsonFields(json);
    for (Field field : fields) {
      if (from.has(field.name())) {
        try {
          field.take().accept(from, field.name());
        } catch (IllegalArgumentException | UserException e) {
          // Another version's, or somebody's editing: the others count.
        }
      }
    }
  }

  /** Tells of whatever may have changed a value. */
  public void listen(InvalidationListener listener) {
    fields.forEach(field -> field.changes().forEach(each -> each.addListener(listener)));
  }
}
