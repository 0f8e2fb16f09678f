package org.pagexplorer.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.TextFile;

/**
 * What a user has written on a model, in a small file of its own: the model's stays as it is, since
 * it is known by its SHA-256.
 *
 * @param name in place of its card's; empty for the card's
 * @param notes of any kind; empty for none
 */
public record ModelLabel(String name, String notes) {
  private static final ModelLabel NONE = new ModelLabel("", "");
  private static final int LONGEST_FILE = 1 << 20;

  /** In characters. */
  public static final int LONGEST_NAME = 100;

  /** In characters: no more than a file that is read again. */
  public static final int LONGEST_NOTES = 100_000;

  public ModelLabel {
    name = shortened(Printable.of(name.strip()), LONGEST_NAME);
    notes = shortened(notes.strip(), LONGEST_NOTES);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  public ModelLabel withName(String newName) {
    return new ModelLabel(newName, notes);
  }

  public ModelLabel withNotes(String newNotes) {
    return new ModelLabel(name, newNotes);
  }

  /** Where it is kept for a model: beside its file, for instance {@code m.safetensors.pag.json}. */
  public static Path beside(Path model) {
    return model.resolveSibling(model.getFileName() + ".pag.json");
  }

  /**
   * Reads one; it is empty where there is none.
   *
   * @throws UserException if the file is damaged
   */
  public static ModelLabel read(Path label) {
    if (Files.notExists(label)) {
      return NONE;
    }
    try {
      JsonElement json = JsonText.parse(TextFile.read(label, LONGEST_FILE));
      if (json instanceof JsonObject object) {
        return new ModelLabel(text(object, "name"), text(object, "notes"));
      }
      throw new UserException(label + " holds no name and notes of a model; move it away.");
    } catch (IllegalArgumentException e) {
      throw Sentences.unusable(label, e);
    } catch (IOException e) {
      throw Sentences.unreadable(label, e);
    }
  }

  private static String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonPrimitive text && text.isString()
        ? text.getAsString()
        : "";
  }

  /**
   * Replaces one, whole or not at all.
   *
   * @throws UserException if it cannot be written
   */
  public void write(Path label) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("notes", notes);
    try {
      Files.createDirectories(label.toAbsolutePath().getParent());
      TextFile.write(label, json + "\n");
    } catch (IOException e) {
      throw Sentences.unwritable(label, e);
    }
  }

  /** A model's card under the name that the user gave it; a damaged label gives none. */
  public static ModelCard onto(Path model, ModelCard card) {
    try {
      String given = read(beside(model)).name();
      return given.isEmpty() ? card : card.withName(given);
    } catch (UserException e) {
      return card; // said where the label is to be changed
    }
  }
}
