"""VGG and small CNNs, under the names of their published classes; see foreign_models.py."""
from foreign_models import *

STAGES = {11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4]}


class Vgg(nn.Module):
    """kuangliu's with one linear layer, or torchvision's with three."""

    def __init__(self, depth, norms, width, hidden=0, pooled=1, dropout_first=False):
        super().__init__()
        layers, i = [], 3
        for stage, count in enumerate(STAGES[depth]):
            for _ in range(count):
                o = width << min(stage, 3)
                layers += [nn.Conv2d(i, o, 3, padding=1)] + ([nn.BatchNorm2d(o)] if norms else []) + [nn.ReLU()]
                i = o
            layers.append(nn.MaxPool2d(2))
        self.features, self.pooled = nn.Sequential(*layers), pooled
        flat = i * pooled * pooled
        if hidden and dropout_first:  # chengyangfu/pytorch-vgg-cifar10
            self.classifier = nn.Sequential(
                nn.Dropout(), nn.Linear(flat, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden),
                nn.ReLU(), nn.Linear(hidden, 10))
        elif hidden:
            self.classifier = nn.Sequential(
                nn.Linear(flat, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(),
                nn.Dropout(), nn.Linear(hidden, 10))
        else:
            self.classifier = nn.Linear(flat, 10)

    def forward(self, x):
        return self.classifier(F.adaptive_avg_pool2d(self.features(x), self.pooled).flatten(1))


class Tutorial(nn.Module):
    """The net of PyTorch's CIFAR-10 tutorial."""

    def __init__(self):
        super().__init__()
        self.conv1, self.pool, self.conv2 = nn.Conv2d(3, 6, 5), nn.MaxPool2d(2, 2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        h = self.pool(F.relu(self.conv2(self.pool(F.relu(self.conv1(x))))))
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(h.flatten(1))))))


class Mnist(nn.Module):
    """The net of PyTorch's MNIST example, which ends in a log-softmax."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 8, 3, 1), nn.Conv2d(8, 16, 3, 1)
        self.fc1, self.fc2 = nn.Linear(16 * 144, 32), nn.Linear(32, 10)

    def forward(self, x):
        h = F.max_pool2d(F.relu(self.conv2(F.relu(self.conv1(x)))), 2)
        return self.fc2(F.relu(self.fc1(h.flatten(1))))


def certified(channels, side):
    """Wong and Kolter's, which many papers on certified robustness share."""
    return nn.Sequential(
        nn.Conv2d(channels, 8, 4, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(8, 16, 4, stride=2, padding=1), nn.ReLU(), nn.Flatten(),
        nn.Linear(16 * (side // 4) ** 2, 50), nn.ReLU(), nn.Linear(50, 10))


def main():
    for depth in [11, 13, 16, 19]:
        save("vgg%d" % depth, Vgg(depth, False, 4))
        save("vgg%d-bn" % depth, Vgg(depth, True, 4), wrap=lambda s: {"net": renamed("module.")(s)})
    save("vgg16-bn-h40-p7", Vgg(16, True, 4, 40, 7), side=224, lift=2)
    save("vgg16-bn-of-64", Vgg(16, True, 4, 40, 7), side=64)
    save("vgg11-h40-p7", Vgg(11, False, 4, 40, 7), side=64)
    save("vgg13-h32", Vgg(13, False, 4, 32, dropout_first=True),
         wrap=lambda s: {"state_dict": OrderedDict((k.replace("features.", "features.module."), v) for k, v in s.items())})
    save("certified", certified(3, 32))
    save("certified-gray", certified(1, 28), side=28, channels=1)
    save("certified-wrapped", certified(3, 32), wrap=renamed("model."))
    save("normed", nn.Sequential(
        nn.Conv2d(3, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(512, 10)))
    save("odd-strides", nn.Sequential(
        nn.Conv2d(3, 6, 5, stride=3, padding=1), nn.ReLU(), nn.Conv2d(6, 8, 3, stride=1, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(800, 10)))
    save("tutorial", Tutorial())
    save("mnist", Mnist(), side=28, channels=1)
