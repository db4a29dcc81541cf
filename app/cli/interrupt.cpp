#include "app/cli/interrupt.h"

#include <atomic>
#include <csignal>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace earmark::cli
{

namespace
{
std::atomic<bool> signalled = false;
}

void catchInterrupts(std::stop_source stop)
{
    std::signal(SIGPIPE, SIG_IGN); // a closed stdout is noticed when it is written to
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGINT);
    sigaddset(&awaited, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &awaited, nullptr);
    std::thread([awaited, stop = std::move(stop)]() mutable {
        int number = 0;
        sigwait(&awaited, &number);
        signalled = true;
        stop.request_stop();
        sigwait(&awaited, &number);
        ::_exit(stoppedByUser);
    }).detach();
}

bool interrupted() { return signalled; }

} // namespace earmark::cli
