#include "peer_graph.hpp"

#ifdef BENCH_HNSWLIB

#include <atomic>
#include <cmath>
#include <cstring>
#include <thread>

#include <hnswlib/hnswlib.h>

namespace {

class hnsw : public graph {
public:
    hnsw(const dataset &data, metric which, size_t spare_rows) : which_(which)
    {
        if (which == metric::l2) {
            space_ = std::make_unique<hnswlib::L2Space>(dimension);
        } else {
            space_ = std::make_unique<hnswlib::InnerProductSpace>(dimension);
        }
        index_ = std::make_unique<hnswlib::HierarchicalNSW<float>>(space_.get(), data.rows + spare_rows, 16, 200);
        deleted_.resize(data.rows);
        if (data.rows > 0) {
            add(data.row(0), 0);
        }
        std::atomic<size_t> next(1);
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); i++) {
            threads.emplace_back([&] {
                for (size_t row; (row = next++) < data.rows;) {
                    add(data.row(row), row);
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
    }

    void set_effort(size_t ef) override { index_->setEf(ef); }

    std::vector<size_t> rows_of(const float *query, size_t k) override
    {
        std::vector<size_t> rows;
        for (auto found = nearest(query, k); !found.empty(); found.pop()) {
            rows.push_back(found.top().second);
        }
        return rows;
    }

    void search(const float *query, size_t k) override { last_size_ = nearest(query, k).size(); }

    void keep_only(const std::function<bool(size_t)> &passes) override
    {
        for (size_t row = 0; row < deleted_.size(); row++) {
            const bool out = !passes(row);
            if (out != deleted_[row]) {
                out ? index_->markDelete(row) : index_->unmarkDelete(row);
                deleted_[row] = out;
            }
        }
    }

    void add(const float *vector, size_t row) override
    {
        float unit[dimension];
        index_->addPoint(comparable(vector, unit), row);
    }

private:
    std::priority_queue<std::pair<float, hnswlib::labeltype>> nearest(const float *query, size_t k)
    {
        float unit[dimension];
        return index_->searchKnn(comparable(query, unit), k);
    }

    /* Cosine is the inner product of unit vectors. */
    const float *comparable(const float *vector, float *unit) const
    {
        if (which_ != metric::cosine) {
            return vector;
        }
        float squares = 0;
        for (size_t j = 0; j < dimension; j++) {
            squares += vector[j] * vector[j];
        }
        const float scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
        for (size_t j = 0; j < dimension; j++) {
            unit[j] = vector[j] * scale;
        }
        return unit;
    }

    metric which_;
    std::unique_ptr<hnswlib::SpaceInterface<float>> space_;
    std::unique_ptr<hnswlib::HierarchicalNSW<float>> index_;
    std::vector<bool> deleted_;
    volatile size_t last_size_ = 0;
};

} // namespace

std::unique_ptr<graph> make_graph(const dataset &data, metric which, size_t spare_rows)
{
    return std::make_unique<hnsw>(data, which, spare_rows);
}

#else

std::unique_ptr<graph> make_graph(const dataset &, metric, size_t)
{
    return nullptr;
}

#endif
