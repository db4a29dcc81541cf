// A disk of a few KiB that is full, for this process alone. Only root can make one. Thread: the test's; threads begun before do not see it.
#pragma once

#include <QFile>
#include <QTemporaryDir>

#include <sched.h>
#include <sys/mount.h>

namespace earmark::test
{

class FullDisk
{
public:
    FullDisk()
    {
        is_ = ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
              ::mount("none", qPrintable(place_.path()), "tmpfs", 0, "size=64k") == 0;
        QFile filler(place_.filePath("filler"));
        if (is_ && filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            while (filler.write(QByteArray(4096, 'x')) == 4096) {}
    }
    ~FullDisk()
    {
        if (is_)
            ::umount2(qPrintable(place_.path()), MNT_DETACH);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

    bool isThere() const { return is_; }
    QString filePath(const QString& name) const { return place_.filePath(name); }

private:
    QTemporaryDir place_;
    bool is_ = false;
};

} // namespace earmark::test
