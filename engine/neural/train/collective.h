// Where several processes that train one model meet: who reads which rows is the sampler's business (batchesOfRank), who writes files and where
// gradients are summed is here. One process by default. Thread: the executor's.
#pragma once

#include <vector>

#include "engine/neural/device/torch.h"

namespace earmark::neural
{

class Collective
{
public:
    virtual ~Collective() = default;

    virtual int rank() const { return 0; }
    virtual int worldSize() const { return 1; }
    bool writesFiles() const { return rank() == 0; }

    /// Mean over the processes, in place; called once an optimiser step, before clipping.
    virtual void averageGradients(const std::vector<torch::Tensor>&) {}
    /// Sum over the processes: losses for the log, counts of clips.
    virtual double sum(double value) { return value; }
    /// True where it is true anywhere: a stop asked of one process stops all at the same step.
    virtual bool any(bool value) { return value; }
};

} // namespace earmark::neural
