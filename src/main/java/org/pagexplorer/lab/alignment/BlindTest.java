package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;

/**
 * A test with a person: pictures that models made of images, in an order that tells nothing of the
 * model, and for each the class that it shows to the person. All models get the same images, so
 * that none has the easier ones, but of each image another target, so that a good picture does not
 * tell what a bad one is meant to be.
 */
public final class BlindTest {
  private static final int BATCH = 40;

  private final List<String> classes;
  private final AttackSpecification attack;
  private final List<Question> questions = new ArrayList<>();
  private final List<Image> pictures;
  private final List<Integer> answers = new ArrayList<>();

  /** A picture that is to be made and named. */
  private record Question(int model, Image image, int target) {}

  /**
   * What a person answered.
   *
   * @param model whose picture it was
   * @param target what it was made to show
   * @param answer what it shows to the person
   */
  public record Answer(int model, int target, int answer) {
    public boolean isRight() {
      return target == answer;
    }
  }

  /**
   * How a model did.
   *
   * @param right how often the person named the target
   * @param n of how many pictures
   */
  public record Score(int right, int n) {
    /** 95 %; of at least one picture. */
    public Wilson interval() {
      return Wilson.of(right, n);
    }
  }

  private BlindTest(List<String> classes, AttackSpecification attack, List<Image> pictures) {
    this.classes = List.copyOf(classes);
    this.attack = attack;
    this.pictures = new ArrayList<>(pictures);
  }

  /**
   * Makes the pictures.
   *
   * @param models in float32
   * @param pictures how many a model
   * @param seed draws images, targets (never the image's own class; of an image another for each
   *     model, as long as there are enough) and the order
   * @return nothing if the observer cancelled
   */
  public static Optional<BlindTest> of(
      List<Classifier> models,
      Dataset dataset,
      int pictures,
      AttackSpecification attack,
      long seed,
      AttackObserver observer) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset drawn = Datasets.limit(dataset, pictures, random.nextLong());
    BlindTest test = new BlindTest(dataset.classes(), attack, List.of());
    int classCount = dataset.classes().size();
    for (int i = 0; i < drawn.size(); i++) {
      int drawnTarget = random.nextInt(classCount - 1);
      for (int k = 0; k < models.size(); k++) {
        int target = (drawn.label(i) + 1 + (drawnTarget + k) % (classCount - 1)) % classCount;
        test.questions.add(new Question(k, drawn.image(i), target));
      }
    }
    for (int i = test.questions.size() - 1; i > 0; i--) {
      java.util.Collections.swap(test.questions, i, random.nextInt(i + 1));
    }
    return test.paint(models, observer) ? Optional.of(test) : Optional.empty();
  }

  private boolean paint(List<Classifier> models, AttackObserver observer) {
    Image[] painted = new Image[questions.size()];
    for (int k = 0; k < models.size(); k++) {
      List<Integer> own = new ArrayList<>();
      for (int q = 0; q < questions.size(); q++) {
        if (questions.get(q).model() == k) {
          own.add(q);
        }
      }
      Optional<List<AttackedImage>> made =
          new TargetGrid(models.get(k), attack, BATCH).run(tiles(own), cancelledBy(observer));
      if (made.isEmpty()) {
        return false;
      }
      for (int i = 0; i < own.size(); i++) {
        painted[own.get(i)] = made.get().get(i).result();
      }
    }
    pictures.addAll(List.of(painted));
    return true;
  }

  private List<Tile> tiles(List<Integer> own) {
    return own.stream()
        .map(questions::get)
        .map(question -> new Tile(0, question.image(), Goal.reach(question.target())))
        .toList();
  }

  private static TargetGrid.Observer cancelledBy(AttackObserver observer) {
    return new TargetGrid.Observer() {
      @Override
      public boolean isCancelled() {
        return observer.isCancelled();
      }
    };
  }

  /** What can be answered. */
  public List<String> classes() {
    return classes;
  }

  /** How the pictures were made. */
  public AttackSpecification attack() {
    return attack;
  }

  /** How many pictures there are. */
  public int size() {
    return questions.size();
  }

  /** How many have been named. */
  public int answered() {
    return answers.size();
  }

  public boolean isDone() {
    return answers.size() == questions.size();
  }

  /** The picture to name; only while the test is not done. */
  public Image picture() {
    return pictures.get(answers.size());
  }

  /** Names the picture. */
  public Answer answer(int classIndex) {
    Question question = questions.get(answers.size());
    answers.add(classIndex);
    return new Answer(question.model(), question.target(), classIndex);
  }

  /** A model's score of the pictures named so far. */
  public Score score(int model) {
    int right = 0;
    int n = 0;
    for (int q = 0; q < answers.size(); q++) {
      if (questions.get(q).model() == model) {
        n++;
        right += questions.get(q).target() == answers.get(q) ? 1 : 0;
      }
    }
    return new Score(right, n);
  }
}
