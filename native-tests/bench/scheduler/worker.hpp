/* Each measurement is made by a fresh process, so that none lives in the heap, the caches or the threads of another. */
#ifndef SCHEDULER_WORKER_HPP
#define SCHEDULER_WORKER_HPP

#include <string>
#include <vector>

#include "ask_worker.hpp" /* the other side */

/* The worker: does what the words after --worker say, prints its figures. Gives the exit code. */
int work(const std::vector<std::string> &words);

#endif
