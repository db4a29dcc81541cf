// A place for test files in memory where there is one: these tests flush to the disk hundreds of times, and what they test does not depend on it.
#pragma once

#include <QFileInfo>
#include <QString>

inline QString fastFolder()
{
    const QString memory = "/dev/shm";
    return QFileInfo(memory).isWritable() ? memory + "/earmark-test-XXXXXX" : QString("earmark-test-XXXXXX");
}
