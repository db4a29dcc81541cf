// Jobs in words. Thread: the window's.
#pragma once

#include <QString>

namespace earmark
{

class Session;

QString jobKind(const Session& job);  ///< "Training": short, for the rail
QString jobName(const Session& job);  ///< "Training “birds-1”"
QString jobState(const Session& job); ///< "45 %, 3 min left", "Waiting for its turn", "Failed"
QString jobTimeLeft(const Session& job); ///< "3 min left": fits the rail; empty while unknown

} // namespace earmark
