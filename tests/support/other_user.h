// A folder in which nothing may be written. Root may write anywhere, so root becomes another user meanwhile. Thread: the test's.
#pragma once

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace earmark::test
{

/// Of the folder and the files right in it. Folders made meanwhile are the other user's.
class WithoutWriting
{
public:
    explicit WithoutWriting(const QString& folder) : folder_(folder)
    {
        for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files))
            QFile::setPermissions(file.filePath(), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
        QFile::setPermissions(folder_, reading);
        if (isRoot_ && ::seteuid(nobody) != 0)
            qFatal("root cannot become another user");
    }
    ~WithoutWriting()
    {
        if (isRoot_ && ::seteuid(0) != 0)
            qFatal("another user cannot become root again");
        QFile::setPermissions(folder_, reading | QFile::WriteOwner); // so that it can be deleted
    }
    WithoutWriting(const WithoutWriting&) = delete;
    WithoutWriting& operator=(const WithoutWriting&) = delete;

private:
    static constexpr uid_t nobody = 65534;
    static constexpr QFile::Permissions reading = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    const QString folder_;
    const bool isRoot_ = ::geteuid() == 0;
};

} // namespace earmark::test
