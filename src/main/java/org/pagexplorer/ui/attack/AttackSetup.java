package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ObservableList;

/**
 * What is attacked, towards what, and how; the screens that attack share one, so that what one sees
 * on one is what one compares on the other.
 *
 * @param rows the images
 * @param targets the target classes, in the order of the columns
 * @param settings every parameter
 * @param classes the class names of the models at hand; empty while there are none
 * @param say receives sentences for the user
 */
public record AttackSetup(
    ImageRows rows,
    ObservableList<Integer> targets,
    AttackSettings settings,
    Supplier<List<String>> classes,
    Consumer<String> say) {}
