// What was dropped onto a window, as places on this computer. Thread: the window's.
#pragma once

#include <QMimeData>
#include <QStringList>
#include <QUrl>

namespace earmark
{

/// Files and folders; nothing of what lies elsewhere, such as a link to a web page.
inline QStringList droppedPaths(const QMimeData& dropped)
{
    QStringList paths;
    for (const QUrl& url : dropped.urls())
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    return paths;
}

} // namespace earmark
