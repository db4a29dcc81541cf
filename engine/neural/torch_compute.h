// The door's other side: queues each request for the executor thread and runs it there.
#pragma once

#include "engine/compute/compute.h"

namespace earmark::neural
{

class TorchCompute final : public Compute
{
public:
    Result<ComputeDescription> describe() override;
    Result<ModelDescription> describeModel(const std::string& path) override;
    Result<void> createModel(const std::string& preset, const std::vector<std::string>& labels, std::uint64_t seed,
                             const std::string& out) override;
    Result<ClassifyOutcome> classify(const ClassifyRequest&, const ClassifyObserver&, std::stop_token) override;
    Result<ClassifyOutcome> zeroShot(const ZeroShotRequest&, const ClassifyObserver&, std::stop_token) override;
    Result<bool> embed(const EmbedRequest&, const EmbedObserver&, std::stop_token) override;
    Result<bool> transcribe(const TranscribeRequest&, const TranscribeObserver&, std::stop_token) override;
    Result<OutputsOutcome> outputs(const OutputsRequest&) override;
    Result<PretrainingOutcome> judgePretraining(const JudgePretrainingRequest&, std::stop_token) override;
    Result<TrainOutcome> train(const TrainRequest&, TrainObserver&, std::stop_token) override;
    Result<std::optional<TrainEstimate>> estimate(const TrainRequest&, std::stop_token) override;
};

} // namespace earmark::neural
