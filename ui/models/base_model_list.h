// Models that a training can start from: the built-in presets, those of the local Hugging Face Hub cache, and folders of one's own, each with what its
// card says. Nothing is read before load(); then cards come from small files, and LibTorch is opened for the presets, both on a worker.
// Thread: the window's. It lives as long as the workspace: a question to the networks may wait for a run to go on.
#pragma once

#include <QAbstractListModel>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/compute/compute.h"
#include "engine/compute/model_card.h"
#include "ui/models/background.h"
#include "ui/models/settings.h"

namespace earmark
{

struct BaseModel {
    enum class Kind { preset, cached, folder };
    Kind kind = Kind::preset;
    std::string base;  ///< as TrainPlan::base: "scratch:NAME" or a folder
    std::string title; ///< "ast-tiny", "owner/name", the folder's name
    ModelCard card;
    std::string explanation;                     ///< of a preset, English
    std::map<std::string, std::string> settings; ///< recipe defaults that come with a preset
    bool isKnown = true;                         ///< of a family that can be trained; judged once the families are known
};

class BaseModelList : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit BaseModelList(Settings& settings, QObject* parent = nullptr);

    void load(); ///< the first time; later calls do nothing
    void reload();
    bool isLoading() const { return pending_ > 0; }
    /// The networks' module could not be opened: there are no presets, and nothing can be trained.
    const std::optional<Error>& error() const { return error_; }
    const std::vector<DeviceDescription>& devices() const { return devices_; }
    /// Puts a folder first among those of one's own and remembers it; ends in folderAdded() or folderRefused().
    void addFolder(const std::string& folder);

    const std::vector<BaseModel>& models() const { return models_; }
    const BaseModel* find(const std::string& base) const;
    int rowOf(const std::string& base) const; ///< −1 where there is none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    /// The report of loading the model whole; kept once known. `take` comes on this thread, at once where it is known.
    void describe(const std::string& base, QObject* context, std::function<void(const Result<ModelDescription>&)> take);

Q_SIGNALS:
    void loaded(); ///< part of it or all; see isLoading()
    void folderAdded(int row);
    void folderRefused(const earmark::Error& error);

private:
    void takeCached(std::vector<BaseModel> found);
    void takePresets(Result<ComputeDescription> description);
    void replace(BaseModel::Kind kind, std::vector<BaseModel> found);
    void judge();

    Settings& settings_;
    std::vector<BaseModel> models_; ///< presets, cached, folders
    std::vector<std::string> families_;
    std::vector<DeviceDescription> devices_;
    std::map<std::string, Result<ModelDescription>> described_;
    std::optional<Error> error_;
    int pending_ = 0;
    bool asked_ = false;
    Background files_;    ///< small files: never waits for the networks
    Background networks_; ///< may wait for them
};

/// "wav2vec 2.0", "Audio Spectrogram Transformer" … for a Hugging Face model_type; the type itself where it has no better name.
QString familyName(const std::string& family);
/// "94.4 million", "826 thousand".
QString parametersText(std::int64_t parameters);

} // namespace earmark
