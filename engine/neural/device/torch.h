// The part of LibTorch that Earmark uses; included instead of torch/torch.h, whose layers, optimisers and data loaders would be instantiated in every
// source: half of the time that the room took to compile. Precompiled, see pch.h. Thread: as LibTorch.
#pragma once

#include <torch/autograd.h>
#include <torch/cuda.h>
#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>
