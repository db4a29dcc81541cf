// What the user prefers, kept from one start to the next in an INI file; without a file (in tests) it lasts as long as the object. Thread: the window's.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QVariantHash>

#include <memory>
#include <string>
#include <vector>

#include "engine/compute/compute.h"

namespace earmark
{

class Settings : public QObject
{
    Q_OBJECT

public:
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);
    /// earmark/earmark.ini in the user's folder of settings ($XDG_CONFIG_HOME).
    static QString defaultFile();

    QString language() const { return value("language").toString(); } ///< "" as the system, "en", "zh_CN"
    void setLanguage(const QString& language) { setValue("language", language); }
    QString theme() const { return value("theme", "system").toString(); } ///< "system", "light", "dark"
    void setTheme(const QString& theme) { setValue("theme", theme); }
    QString device() const { return value("device", "auto").toString(); } ///< as ComputeOptions::device
    void setDevice(const QString& device) { setValue("device", device); }
    int threads() const { return value("threads", 0).toInt(); } ///< 0: as many as there are cores
    void setThreads(int threads) { setValue("threads", threads); }
    ComputeOptions computeOptions() const; ///< device and threads, for every request that a page makes
    qint64 cacheLimit() const { return value("cacheLimit", 500'000'000LL).toLongLong(); } ///< bytes
    void setCacheLimit(qint64 bytes) { setValue("cacheLimit", bytes); }
    bool autoplay() const { return value("autoplay", true).toBool(); } ///< a clip plays as soon as it is chosen for labelling
    void setAutoplay(bool on) { setValue("autoplay", on); }
    bool advance() const { return value("advance", true).toBool(); } ///< a label given leads to the next clip
    void setAdvance(bool on) { setValue("advance", on); }
    QString author() const { return value("author").toString(); } ///< of edits; "": the login name
    void setAuthor(const QString& author) { setValue("author", author); }

    std::vector<std::string> recentProjects() const; ///< paths, latest first
    void addRecentProject(const std::string& path);
    void removeRecentProject(const std::string& path);
    std::string lastProject() const { return value("lastProject").toByteArray().toStdString(); } ///< open when the window was closed; "": none
    void setLastProject(const std::string& path) { setValue("lastProject", QByteArray::fromStdString(path)); }

    /// For what a widget remembers of itself: the window's place, a splitter, the columns of a table.
    QVariant value(const QString& key, const QVariant& otherwise = {}) const;
    void setValue(const QString& key, const QVariant& value);

Q_SIGNALS:
    void changed(const QString& key);

private:
    void setRecentProjects(const std::vector<std::string>& paths);

    std::unique_ptr<QSettings> file_;
    QVariantHash memory_; ///< without a file
};

} // namespace earmark
