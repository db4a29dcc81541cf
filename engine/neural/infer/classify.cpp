#include "engine/neural/infer/classify.h"

#include <algorithm>
#include <deque>
#include <memory>

#include "engine/compute/problem_type.h"
#include "engine/neural/infer/predictor.h"
#include "engine/neural/infer/read_ahead.h"
#include "engine/neural/infer/windows.h"
#include "engine/neural/models/classification_loss.h"

namespace earmark::neural
{

namespace
{

/// Clips of which windows are read at a time.
constexpr std::size_t clipsOpen = 3;

using Labels = std::shared_ptr<const std::vector<std::string>>;

/// Scores of a batch as plain rows.
std::vector<std::vector<float>> scoresOf(const ModelOutputs& outputs, const std::string& function)
{
    torch::Tensor logits = outputs.logits->to(torch::kFloat32);
    if (function == "sigmoid")
        logits = torch::sigmoid(logits);
    else if (function != "none")
        logits = torch::softmax(logits, -1);
    logits = logits.to(torch::kCPU).contiguous();
    std::vector<std::vector<float>> rows;
    const float* first = logits.const_data_ptr<float>();
    for (std::int64_t i = 0; i < logits.size(0); ++i, first += logits.size(1))
        rows.emplace_back(first, first + logits.size(1));
    return rows;
}

/// The pipeline of transformers knows softmax alone; labels that are there or not, and numbers, need something else.
std::string functionFor(const ClassifyRequest& request, const Model& model)
{
    if (!request.function.empty())
        return request.function;
    const ProblemType problem = problemTypeNamed(problemTypeOf(model));
    return problem == ProblemType::multiLabel ? "sigmoid" : problem == ProblemType::regression ? "none" : "softmax";
}

Result<void> checkRequest(const ClassifyRequest& request)
{
    const std::string& function = request.function;
    if (!function.empty() && function != "softmax" && function != "sigmoid" && function != "none")
        return failure("usage", "There is no function named " + quoteName(function) + ": give softmax, sigmoid or none.");
    if ((request.window && !(*request.window > 0)) || (request.hop && !(*request.hop > 0)))
        return failure("usage", "The window and the hop must be longer than 0 seconds.");
    return {};
}

class Classifier
{
public:
    Classifier(const ClassifyRequest& request, Predictor& predictor, Labels labels, std::function<void()> betweenBatches)
        : request_(request), predictor_(predictor), function_(functionFor(request, predictor.model())), labels_(std::move(labels)),
          betweenBatches_(std::move(betweenBatches))
    {
    }

    /// False where stopped.
    bool whole(const ClassifyObserver& observer, std::stop_token stop)
    {
        const std::size_t count = request_.samples.size();
        const std::size_t stretch = batchSize() * batchesAhead;
        ReadAhead<ReadClip> reader(count, readingThreads(), 2 * stretch, [&](std::size_t i) {
            return readClip(request_.samples[i], predictor_.extractor(), request_.options.channel);
        });
        for (std::size_t first = 0; first < count; first += stretch) {
            auto clips = reader.next(stretch, stop);
            if (!clips || !deliver(*clips, first, observer, stop))
                return false;
        }
        return true;
    }

    /// The windows of short clips gather until they fill some batches, and long clips are scored stretch by stretch: neither hour nor thousand
    /// clips lie in memory at once.
    bool windows(const ClassifyObserver& observer, std::stop_token stop)
    {
        const std::size_t count = request_.samples.size();
        const std::size_t stretch = batchSize() * batchesAhead;
        std::deque<std::unique_ptr<WindowReader>> readers; // each reads on a thread of its own
        std::deque<ClassifiedClip> clips;                  // not yet told of; the last is being read
        std::vector<GatheredWindow> gathered;
        for (std::size_t i = 0, opened = 0; i < count; ++i) {
            if (stop.stop_requested())
                return false;
            for (; opened < std::min(count, i + clipsOpen); ++opened)
                readers.push_back(open(request_.samples[opened]));
            ClassifiedClip& clip = clips.emplace_back(ClassifiedClip{.index = i, .labels = labels_});
            WindowReader& reader = *readers.front();
            while (auto block = reader.next()) {
                for (ReadWindow& window : *block)
                    gathered.push_back({&clip, std::move(window)});
                if (gathered.size() >= stretch && !scoreWindows(gathered, stop))
                    return false;
            }
            clip.warnings = reader.warnings();
            clip.error = reader.error();
            readers.pop_front();
            if (i + 1 == count && !scoreWindows(gathered, stop))
                return false;
            if (gathered.empty())
                tell(clips, observer);
        }
        return true;
    }

private:
    struct GatheredWindow {
        ClassifiedClip* clip = nullptr;
        ReadWindow window;
    };

    std::unique_ptr<WindowReader> open(const Sample& sample) const
    {
        return std::make_unique<WindowReader>(sample, predictor_.extractor(),
                                              WindowReader::Options{.window = *request_.window,
                                                                    .hop = request_.hop.value_or(*request_.window),
                                                                    .padsLast = request_.padsLastWindow,
                                                                    .channel = request_.options.channel});
    }

    static void tell(std::deque<ClassifiedClip>& clips, const ClassifyObserver& observer)
    {
        for (; !clips.empty(); clips.pop_front()) {
            if (clips.front().error)
                clips.front().windows.clear();
            observer(clips.front());
        }
    }

    std::size_t batchSize() const { return static_cast<std::size_t>(std::max(1, request_.batchSize)); }

    bool deliver(std::vector<ReadClip>& read, std::size_t first, const ClassifyObserver& observer, std::stop_token stop)
    {
        std::vector<const Features*> features;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < read.size(); ++i)
            if (read[i].features) {
                features.push_back(&*read[i].features);
                places.push_back(i);
            }
        auto scored = scoresInBatches(features, stop);
        if (!scored)
            return false;
        std::vector<std::vector<float>> scores(read.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            scores[places[i]] = std::move((*scored)[i]);
        for (std::size_t i = 0; i < read.size(); ++i)
            observer({.index = first + i,
                      .labels = labels_,
                      .scores = std::move(scores[i]),
                      .warnings = std::move(read[i].warnings),
                      .error = std::move(read[i].error)});
        return true;
    }

    /// All that is gathered goes to its clips; false where stopped.
    bool scoreWindows(std::vector<GatheredWindow>& gathered, std::stop_token stop)
    {
        std::vector<const Features*> features;
        for (const GatheredWindow& one : gathered)
            features.push_back(&one.window.features);
        auto scores = scoresInBatches(features, stop);
        for (std::size_t i = 0; scores && i < gathered.size(); ++i)
            gathered[i].clip->windows.push_back({.start = gathered[i].window.start, .end = gathered[i].window.end, .scores = std::move((*scores)[i])});
        gathered.clear();
        return scores.has_value();
    }

    /// In the order of `features`; nothing where it was stopped.
    std::optional<std::vector<std::vector<float>>> scoresInBatches(const std::vector<const Features*>& features, std::stop_token stop)
    {
        std::vector<std::vector<float>> scores(features.size());
        const bool finished = predictor_.eachBatch(features, batchSize(), stop, betweenBatches_, [&](const auto& places, const auto& members) {
            auto rows = scoresOf(predictor_.forward(members, false), function_);
            for (std::size_t i = 0; i < places.size(); ++i)
                scores[places[i]] = std::move(rows[i]);
        });
        return finished ? std::optional(std::move(scores)) : std::nullopt;
    }

    const ClassifyRequest& request_;
    Predictor& predictor_;
    const std::string function_;
    Labels labels_;
    std::function<void()> betweenBatches_;
};

} // namespace

Result<ClassifyOutcome> classifyClips(const ClassifyRequest& request, const ClassifyObserver& observer, std::stop_token stop,
                                      const std::function<void()>& betweenBatches)
{
    EARMARK_TRY_VOID(checkRequest(request));
    EARMARK_TRY(Predictor predictor, Predictor::load(request.model, Head::asSaved, request.options));
    if (predictor.model().task() == "zero-shot")
        return failure("model.unsupported", quoteName(request.model) + " knows no labels of its own and compares sounds with any text: use “earmark-cli zero-shot”.", request.model);
    if (predictor.model().labels().empty())
        return failure("model.unsupported", quoteName(request.model) + " has no classification head: train one on it with “earmark-cli train”.", request.model);
    const auto labels = std::make_shared<const std::vector<std::string>>(predictor.model().labels());
    Classifier classifier(request, predictor, labels, betweenBatches);
    const bool finished = request.window ? classifier.windows(observer, stop) : classifier.whole(observer, stop);
    return ClassifyOutcome{.labels = *labels, .stopped = !finished};
}

} // namespace earmark::neural
