#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "engine/base/utf8.h"
#include "engine/dataset/paths.h"
#include "engine/dataset/project_private.h"

namespace earmark
{

namespace
{

static_assert(std::endian::native == std::endian::little, "scores are stored as they lie in memory");

std::string packScores(const std::vector<float>& scores)
{
    return std::string(reinterpret_cast<const char*>(scores.data()), scores.size() * sizeof(float));
}

std::vector<float> unpackScores(const std::string& bytes)
{
    if (bytes.size() % sizeof(float) != 0)
        throw Damage{"the scores of a prediction are cut short"};
    std::vector<float> scores(bytes.size() / sizeof(float));
    if (!scores.empty())
        std::memcpy(scores.data(), bytes.data(), bytes.size());
    return scores;
}

std::string packLabels(const std::vector<std::string>& labels)
{
    nlohmann::json list = nlohmann::json::array();
    for (const std::string& label : labels)
        list.push_back(toUtf8(label));
    return list.dump();
}

std::vector<std::string> unpackLabels(const std::string& text)
{
    const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array())
        throw Damage{"the labels of a run are no list"};
    std::vector<std::string> labels;
    for (const auto& label : list) {
        if (!label.is_string())
            throw Damage{"a label of a run is no text"};
        labels.push_back(label.get<std::string>());
    }
    return labels;
}

} // namespace

Result<std::int64_t> Project::addRun(const Run& run)
{
    return d_->record([&] {
        const std::string folder = run.folder.empty() ? "" : keptPath(absolutePath(run.folder), d_->folder);
        Query(d_->db(), "INSERT INTO runs(name, folder, base, settings, labels, state, report, started, ended) VALUES(?,?,?,?,?,?,?,?,?)")
            .bind(toUtf8(run.name), Bytes{folder}, toUtf8(run.base), toUtf8(run.settings), packLabels(run.labels), toUtf8(run.state),
                  toUtf8(run.report), run.started == 0 ? currentTime() : run.started, run.ended)
            .run();
        return std::int64_t(d_->db().sqlite().getLastInsertRowid());
    });
}

Result<void> Project::updateRun(const Run& run)
{
    return d_->record([&] {
        const std::string folder = run.folder.empty() ? "" : keptPath(absolutePath(run.folder), d_->folder);
        Query(d_->db(), "UPDATE runs SET name=?, folder=?, base=?, settings=?, labels=?, state=?, report=?, started=?, ended=? WHERE id=?")
            .bind(toUtf8(run.name), Bytes{folder}, toUtf8(run.base), toUtf8(run.settings), packLabels(run.labels), toUtf8(run.state),
                  toUtf8(run.report), run.started, run.ended, run.id)
            .run();
        if (d_->db().sqlite().getChanges() != 1)
            refuse("project.invalid_edit", "The project has no run " + std::to_string(run.id) + ".", d_->path);
    });
}

Result<void> Project::removeRun(std::int64_t run)
{
    return d_->record([&] {
        Query(d_->db(), "DELETE FROM predictions WHERE run=?").bind(run).run();
        Query(d_->db(), "DELETE FROM runs WHERE id=?").bind(run).run();
        if (d_->db().sqlite().getChanges() != 1)
            refuse("project.invalid_edit", "The project has no run " + std::to_string(run) + ".", d_->path);
    });
}

Result<std::vector<Run>> Project::runs() const
{
    return d_->read([&] {
        std::vector<Run> runs;
        Query query(d_->db(), "SELECT id, name, folder, base, settings, labels, state, report, started, ended FROM runs ORDER BY id");
        while (query.next()) {
            const std::string folder = query.bytes(2);
            Run run{.id = query.integer(0),
                    .name = query.text(1),
                    .folder = folder.empty() ? "" : resolvedPath(folder, d_->folder),
                    .base = query.text(3),
                    .settings = query.text(4),
                    .labels = unpackLabels(query.text(5)),
                    .state = query.text(6),
                    .report = query.text(7),
                    .started = query.integer(8)};
            if (!query.isNull(9))
                run.ended = query.integer(9);
            runs.push_back(std::move(run));
        }
        return runs;
    });
}

Result<void> Project::addPredictions(std::int64_t run, std::span<const Prediction> predictions)
{
    return d_->record([&] {
        Query there(d_->db(), "SELECT 1 FROM runs WHERE id=?");
        if (!there.bind(run).next())
            refuse("project.invalid_edit", "The project has no run " + std::to_string(run) + ".", d_->path);
        for (const Prediction& prediction : predictions) {
            d_->requireClip(prediction.clip);
            Query(d_->db(), "INSERT OR REPLACE INTO predictions(run, clip, split, label, scores, text) VALUES(?,?,?,?,?,?)")
                .bind(run, prediction.clip, toUtf8(prediction.split), toUtf8(prediction.label), Bytes{packScores(prediction.scores)},
                      toUtf8(prediction.text))
                .run();
        }
    });
}

Result<std::vector<Prediction>> Project::predictions(std::int64_t run) const
{
    return d_->read([&] {
        std::vector<Prediction> predictions;
        Query query(d_->db(), "SELECT clip, split, label, scores, text FROM predictions WHERE run=? ORDER BY clip");
        query.bind(run);
        while (query.next())
            predictions.push_back({query.integer(0), query.text(1), query.text(2), unpackScores(query.bytes(3)), query.text(4)});
        return predictions;
    });
}

} // namespace earmark
