/* Measurements that are made by a fresh process, so that none lives in the heap, the caches or the threads of another. */
#ifndef BENCH_ASK_WORKER_HPP
#define BENCH_ASK_WORKER_HPP

#include <string>
#include <vector>

#include "figures.hpp"

/* Runs this program again with --worker and these words; gives the numbers that it printed, one a line. Empty when it failed. */
figures ask_worker(const std::vector<std::string> &words);

#endif
