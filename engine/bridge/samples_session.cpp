#include "engine/bridge/samples_session.h"

#include <QTemporaryDir>

#include <filesystem>
#include <map>

#include "engine/compute/compute.h"
#include "engine/dataset/import.h"
#include "engine/dataset/project.h"
#include "engine/eval/label_match.h"

namespace earmark
{

SamplesSession::SamplesSession(SamplesPlan plan, QString title, QObject* parent) : Session(Kind::import, std::move(title), parent), plan_(std::move(plan))
{
}

SamplesSession::~SamplesSession() { halt(); }

Result<bool> SamplesSession::work(std::stop_token stop)
{
    const bool isProject = std::filesystem::path(plan_.source).extension() == ".earmark";
    Result<std::vector<Sample>> samples;
    if (isProject) {
        EARMARK_TRY(const Project project, Project::open(plan_.source, Access::read));
        samples = project.samples("");
    } else {
        samples = imported(stop);
    }
    if (!samples)
        return tl::unexpected(std::move(samples.error()));
    if (stop.stop_requested())
        return false;
    EARMARK_TRY_VOID(matchNames(*samples));
    made_ = std::move(*samples);
    return true;
}

Result<std::vector<Sample>> SamplesSession::imported(std::stop_token stop)
{
    const QTemporaryDir folder;
    if (!folder.isValid())
        return failure("io.unwritable", "No temporary folder can be made: " + folder.errorString().toStdString() + ".");
    EARMARK_TRY(Project project, Project::create(folder.filePath("tested.earmark").toStdString()));
    const auto observe = [this](const ImportProgress& progress) {
        reportProgress(static_cast<std::int64_t>(progress.done), static_cast<std::int64_t>(progress.total));
    };
    EARMARK_TRY(const ImportReport report, importClips(project, {plan_.source}, {}, observe, stop));
    broken_ = report.broken.size();
    return project.samples("");
}

Result<void> SamplesSession::matchNames(std::vector<Sample>& samples) const
{
    std::vector<std::string> known = plan_.labels;
    if (known.empty()) {
        EARMARK_TRY(Compute * compute, openCompute());
        EARMARK_TRY(const ModelDescription model, compute->describeModel(plan_.model));
        known = model.labels;
    }
    std::map<std::string, std::string> spelling;
    for (const Sample& sample : samples)
        for (const std::string& label : sample.labels)
            spelling.emplace(label, label);
    std::vector<std::string> names;
    for (const auto& [name, same] : spelling)
        names.push_back(name);
    const std::vector<int> matches = matchLabels(names, known);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (matches[i] >= 0)
            spelling[names[i]] = known[static_cast<std::size_t>(matches[i])];
    for (Sample& sample : samples)
        for (std::string& label : sample.labels)
            label = spelling.at(label);
    return {};
}

void SamplesSession::finish() { samples_ = std::move(made_); }

} // namespace earmark
