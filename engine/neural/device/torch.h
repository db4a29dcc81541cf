// The part of LibTorch that Earmark uses; included instead of torch/torch.h, whose layers, optimisers and data loaders would be instantiated in every
// source: half of the time that the room took to compile. Functions with a backward pass of their own include torch/csrc/autograd/custom_function.h
// themselves. Precompiled, see pch.h. Thread: as LibTorch.
#pragma once

#include <torch/cuda.h>
#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>
