"""Networks under the names that PyTorch users have, saved by PyTorch itself, and their logits.

usage: SCRIPT FOLDER, where the script imports this and calls main(); for every network NAME it writes
NAME.pt, NAME.logits.f32, and NAME.gradient.f32, the input-gradient of class 1 as float64 gives it, all for
the pixels in images.f32.
"""
import copy
import sys
from collections import OrderedDict

import numpy
import torch
import torch.nn as nn
import torch.nn.functional as F

folder = (sys.argv[1] if len(sys.argv) > 1 else ".") + "/"
torch.manual_seed(0)
MEAN, STD = [0.4914, 0.4822, 0.4465], [0.2471, 0.2435, 0.2616]


def conv(i, o, k, stride=1, padding=None):
    return nn.Conv2d(i, o, k, stride, k // 2 if padding is None else padding, bias=False)


class Residual(nn.Module):
    """Basic block or bottleneck; the shortcut's name is CIFAR's or torchvision's."""

    def __init__(self, i, planes, stride, bottleneck, shortcut):
        super().__init__()
        o = 4 * planes if bottleneck else planes
        if bottleneck:
            self.conv1, self.bn1 = conv(i, planes, 1), nn.BatchNorm2d(planes)
            self.conv2, self.bn2 = conv(planes, planes, 3, stride), nn.BatchNorm2d(planes)
            self.conv3, self.bn3 = conv(planes, o, 1), nn.BatchNorm2d(o)
        else:
            self.conv1, self.bn1 = conv(i, planes, 3, stride), nn.BatchNorm2d(planes)
            self.conv2, self.bn2 = conv(planes, planes, 3), nn.BatchNorm2d(planes)
        self.bottleneck, self.name, self.out = bottleneck, shortcut, o
        down = stride != 1 or i != o
        if down or shortcut == "shortcut":
            layers = [conv(i, o, 1, stride), nn.BatchNorm2d(o)] if down else []
            setattr(self, shortcut, nn.Sequential(*layers))

    def forward(self, x):
        h = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.bottleneck:
            h = self.bn3(self.conv3(F.relu(h)))
        return F.relu(h + (getattr(self, self.name)(x) if hasattr(self, self.name) else x))


class ResNet(nn.Module):
    def __init__(self, blocks, width, bottleneck=False, torchvision=False, classes=10):
        super().__init__()
        self.torchvision = torchvision
        self.conv1 = conv(3, width, 7, 2) if torchvision else conv(3, width, 3)
        self.bn1 = nn.BatchNorm2d(width)
        i = width
        for stage, count in enumerate(blocks):
            layers = []
            for b in range(count):
                stride = 2 if stage > 0 and b == 0 else 1
                layers.append(Residual(i, width << stage, stride, bottleneck,
                                       "downsample" if torchvision else "shortcut"))
                i = layers[-1].out
            setattr(self, "layer%d" % (stage + 1), nn.Sequential(*layers))
        setattr(self, "fc" if torchvision else "linear", nn.Linear(i, classes))

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        if self.torchvision:
            h = F.max_pool2d(h, 3, 2, 1)
        h = self.layer4(self.layer3(self.layer2(self.layer1(h))))
        h = F.adaptive_avg_pool2d(h, 1).flatten(1)
        return self.fc(h) if self.torchvision else self.linear(h)


class PreAct(nn.Module):
    def __init__(self, i, o, stride, v2):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(i), conv(i, o, 3, stride)
        self.bn2, self.conv2 = nn.BatchNorm2d(o), conv(o, o, 3)
        self.v2 = v2
        if stride != 1 or i != o:
            self.shortcut = nn.Sequential(conv(i, o, 1, stride))

    def forward(self, x):
        a = F.relu(self.bn1(x))
        s = self.shortcut(a if self.v2 else x) if hasattr(self, "shortcut") else x
        return self.conv2(F.relu(self.bn2(self.conv1(a)))) + s


class PreActResNet(nn.Module):
    def __init__(self, width, v2, last, classes=10):
        super().__init__()
        self.conv1, i = conv(3, width, 3), width
        for stage in range(4):
            o = width << stage
            setattr(self, "layer%d" % (stage + 1), nn.Sequential(
                PreAct(i, o, 2 if stage else 1, v2), PreAct(o, o, 1, v2)))
            i = o
        if last:
            self.bn = nn.BatchNorm2d(i)
        self.linear = nn.Linear(i, classes)

    def forward(self, x):
        h = self.layer4(self.layer3(self.layer2(self.layer1(self.conv1(x)))))
        if hasattr(self, "bn"):
            h = F.relu(self.bn(h))
        return self.linear(F.avg_pool2d(h, 4).flatten(1))


class WideBlock(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(i), conv(i, o, 3, stride)
        self.bn2, self.conv2 = nn.BatchNorm2d(o), conv(o, o, 3)
        if i != o:
            self.convShortcut = conv(i, o, 1, stride)

    def forward(self, x):
        a = F.relu(self.bn1(x))
        h = self.conv2(F.relu(self.bn2(self.conv1(a))))
        return h + (self.convShortcut(a) if hasattr(self, "convShortcut") else x)


class Stage(nn.Module):
    def __init__(self, name, blocks):
        super().__init__()
        self.name = name
        setattr(self, name, nn.Sequential(*blocks))

    def forward(self, x):
        return getattr(self, self.name)(x)


def blocks(kind, n, i, o, stride, *more):
    return [kind(i if b == 0 else o, o, stride if b == 0 else 1, *more) for b in range(n)]


class WideResNet(nn.Module):
    def __init__(self, depth, k, sub_block=False, bias=True, classes=10):
        super().__init__()
        n = (depth - 4) // 6
        self.conv1 = conv(3, 16, 3)
        self.block1 = Stage("layer", blocks(WideBlock, n, 16, 16 * k, 1))
        if sub_block:
            self.sub_block1 = Stage("layer", blocks(WideBlock, n, 16, 16 * k, 1))
        self.block2 = Stage("layer", blocks(WideBlock, n, 16 * k, 32 * k, 2))
        self.block3 = Stage("layer", blocks(WideBlock, n, 32 * k, 64 * k, 2))
        self.bn1, self.fc = nn.BatchNorm2d(64 * k), nn.Linear(64 * k, classes, bias=bias)

    def forward(self, x):
        h = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(F.avg_pool2d(F.relu(self.bn1(h)), 8).flatten(1))


class DmBlock(nn.Module):
    def __init__(self, i, o, stride, act):
        super().__init__()
        self.batchnorm_0, self.conv_0 = nn.BatchNorm2d(i), conv(i, o, 3, stride, 0)
        self.batchnorm_1, self.conv_1 = nn.BatchNorm2d(o), conv(o, o, 3)
        self.act, self.pad = act, (1, 1, 1, 1) if stride == 1 else (0, 1, 0, 1)
        if i != o:
            self.shortcut = conv(i, o, 1, stride)

    def forward(self, x):
        a = self.act(self.batchnorm_0(x))
        h = self.conv_1(self.act(self.batchnorm_1(self.conv_0(F.pad(a, self.pad)))))
        return h + (self.shortcut(a) if hasattr(self, "shortcut") else x)


class DmWideResNet(nn.Module):
    def __init__(self, depth, k, act, classes=10):
        super().__init__()
        n = (depth - 4) // 6
        self.register_buffer("mean", torch.tensor(MEAN).view(3, 1, 1))
        self.register_buffer("std", torch.tensor(STD).view(3, 1, 1))
        self.init_conv = conv(3, 16, 3)
        self.layer = nn.Sequential(
            Stage("block", blocks(DmBlock, n, 16, 16 * k, 1, act)),
            Stage("block", blocks(DmBlock, n, 16 * k, 32 * k, 2, act)),
            Stage("block", blocks(DmBlock, n, 32 * k, 64 * k, 2, act)))
        self.batchnorm, self.logits = nn.BatchNorm2d(64 * k), nn.Linear(64 * k, classes)
        self.act = act

    def forward(self, x):
        h = self.layer(self.init_conv((x - self.mean) / self.std))
        return self.logits(F.avg_pool2d(self.act(self.batchnorm(h)), 8).flatten(1))


class DmPreAct(nn.Module):
    def __init__(self, i, o, stride, act):
        super().__init__()
        self.batchnorm_0, self.conv_2d_1 = nn.BatchNorm2d(i), conv(i, o, 3, stride, 0)
        self.batchnorm_1, self.conv_2d_2 = nn.BatchNorm2d(o), conv(o, o, 3)
        self.act, self.pad = act, (1, 1, 1, 1) if stride == 1 else (0, 1, 0, 1)
        if stride != 1 or i != o:
            self.shortcut = conv(i, o, 3, stride, 0)

    def forward(self, x):
        a = self.act(self.batchnorm_0(x))
        s = self.shortcut(F.pad(x, self.pad)) if hasattr(self, "shortcut") else x
        h = self.conv_2d_1(F.pad(a, self.pad))
        return self.conv_2d_2(self.act(self.batchnorm_1(h))) + s


class DmPreActResNet(nn.Module):
    def __init__(self, width, act, classes=10):
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(3, 1, 1))
        self.register_buffer("std", torch.tensor(STD).view(3, 1, 1))
        self.conv_2d, i = conv(3, width, 3), width
        for stage in range(4):
            o = width << stage
            setattr(self, "layer_%d" % stage, nn.Sequential(
                *blocks(DmPreAct, 2, i, o, 2 if stage else 1, act)))
            i = o
        self.batchnorm, self.logits, self.act = nn.BatchNorm2d(i), nn.Linear(i, classes), act

    def forward(self, x):
        h = self.conv_2d((x - self.mean) / self.std)
        h = self.layer_3(self.layer_2(self.layer_1(self.layer_0(h))))
        return self.logits(F.avg_pool2d(self.act(self.batchnorm(h)), 4).flatten(1))


class Normalized(nn.Module):
    """MadryLab's wrapper: a normalizer, the model, and an attacker that holds both again."""

    class Normalizer(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("new_mean", torch.tensor(MEAN).view(3, 1, 1))
            self.register_buffer("new_std", torch.tensor(STD).view(3, 1, 1))

    def __init__(self, model):
        super().__init__()
        self.normalizer, self.model = Normalized.Normalizer(), model
        self.attacker = nn.Module()
        self.attacker.normalize, self.attacker.model = self.normalizer, model

    def forward(self, x):
        return self.model((x - self.normalizer.new_mean) / self.normalizer.new_std)


images = torch.from_numpy(
    numpy.fromfile(folder + "images.f32", dtype="<f4").reshape(-1, 3, 32, 32).copy())


def pixels(side):
    """Enlarged ones get a pattern, lest poolings see equal pixels, of which each may be the largest."""
    if side == 32:
        return images
    row = torch.arange(side)
    return 0.875 * F.interpolate(images, size=side) + (37 * row[:, None] + 101 * row) % 64 / 512


def save(name, net, side=32, wrap=lambda state: state, zipped=True, channels=3, lift=0):
    torch.manual_seed(len(name))
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, lift, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    net.eval()
    x = pixels(side)[:, :channels].double().requires_grad_()
    logits = copy.deepcopy(net).double()(x)
    gradient, = torch.autograd.grad(logits[:, 1].sum(), x)
    with torch.no_grad():
        logits = net(pixels(side)[:, :channels])
    logits.numpy().astype("<f4").tofile(folder + name + ".logits.f32")
    gradient.numpy().astype("<f4").tofile(folder + name + ".gradient.f32")
    torch.save(wrap(net.state_dict()), folder + name + ".pt",
               _use_new_zipfile_serialization=zipped)


def save_step(name, net, side=32, rate=0.05, weight=0.4):
    """One step of SGD on the paper's Eq. 1 with two target classes, from NAME.pt to NAME-stepped.pt."""
    save(name, net, side)
    x = pixels(side).clone().requires_grad_()
    labels = torch.tensor([3, 1, 4])
    logits, losses = net(x), []
    for k in range(2):
        targets = (labels + k) % 10
        v, = torch.autograd.grad(logits.gather(1, targets[:, None]).sum(), x, create_graph=True)
        losses.append(1 - F.cosine_similarity(v.flatten(1), ((k + 1) * x.detach() - 0.5).flatten(1)))
    loss = F.cross_entropy(logits, labels) + weight * 10 * torch.cat(losses).mean()
    parameters = list(net.parameters())
    with torch.no_grad():
        for p, gradient in zip(parameters, torch.autograd.grad(loss, parameters, allow_unused=True)):
            if gradient is not None:
                p -= rate * gradient
    torch.save(net.state_dict(), folder + name + "-stepped.pt")


def renamed(prefix):
    return lambda state: OrderedDict((prefix + k, v) for k, v in state.items())


def training(key, net):
    """What a training script keeps: weights, an optimizer with momenta, numbers."""
    def wrap(state):
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
        net.train()(images).sum().backward()
        optimizer.step()
        return {"epoch": 3, "best_acc": 0.5, key: state, "optimizer": optimizer.state_dict()}
    return wrap


def main():
    relu, swish = F.relu, lambda x: x * torch.sigmoid(x)
    eighteen, deeper = [2, 2, 2, 2], [3, 4, 6, 3]
    net = ResNet(eighteen, 6)
    save("resnet18", net, wrap=lambda s: training("state_dict", net)(OrderedDict((k, v.clone()) for k, v in s.items())))
    save("resnet34", ResNet(deeper, 4), wrap=renamed("module."), zipped=False)
    save("resnet50", Normalized(ResNet(deeper, 4, True)),
         wrap=lambda s: {"model": renamed("module.")(s), "epoch": 150}, zipped=False)
    save("torchvision-resnet18", ResNet(eighteen, 6, torchvision=True, classes=7), side=64)
    save("torchvision-resnet34", ResNet(deeper, 4, torchvision=True), side=48, zipped=False)
    save("torchvision-resnet50", ResNet(deeper, 4, True, True), side=64, wrap=renamed("_orig_mod."))
    save("preact-resnet18", PreActResNet(6, False, False), wrap=lambda s: {"net": s})
    save("preact-resnet18-bn", PreActResNet(6, False, True), wrap=renamed("model."))
    save("preact-resnet18-v2", PreActResNet(6, True, False), zipped=False)
    save("preact-resnet18-v2-bn", PreActResNet(6, True, True))
    save("wideresnet28", WideResNet(28, 1), wrap=lambda s: {"model_state_dict": s})
    save("wideresnet34", WideResNet(34, 2, sub_block=True))
    save("wideresnet70", WideResNet(70, 1, bias=False), zipped=False)
    for depth, k in [(28, 1), (34, 2), (70, 1)]:
        save("dm-wideresnet%d" % depth, DmWideResNet(depth, k, swish), zipped=depth > 28)
        save("dm-wideresnet%d-relu" % depth, DmWideResNet(depth, k, relu))
    save("dm-preact-resnet18", DmPreActResNet(6, swish))
    save("dm-preact-resnet18-relu", DmPreActResNet(6, relu), wrap=lambda s: {"ema": s})
