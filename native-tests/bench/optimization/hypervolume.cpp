#include "hypervolume.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>

namespace {

/* Area below a corner that grows by points: its lower left boundary is a staircase, first coordinate to second. */
class staircase {
public:
    explicit staircase(double corner) : corner_(corner) {}

    void add(double first, double second)
    {
        auto next = steps_.lower_bound(first);
        if (next != steps_.end() && next->first == first && next->second <= second) {
            return;
        }
        double height = next == steps_.begin() ? corner_ : std::prev(next)->second;
        if (height <= second) {
            return;
        }
        for (double from = first; from < corner_ && height > second;) {
            const double until = next == steps_.end() ? corner_ : next->first;
            area_ += (until - from) * (height - second);
            from = until;
            if (next == steps_.end()) {
                break;
            }
            height = next->second;
            next = height >= second ? steps_.erase(next) : next;
        }
        steps_[first] = second;
    }

    double area() const { return area_; }

private:
    double corner_, area_ = 0;
    std::map<double, double> steps_;
};

} // namespace

double hypervolume(std::vector<numbers> points, double corner)
{
    points.erase(std::remove_if(points.begin(), points.end(), [corner](const numbers &f) { return *std::max_element(f.begin(), f.end()) >= corner; }), points.end());
    staircase stairs(corner);
    if (points.empty() || points[0].size() == 2) {
        for (const numbers &f : points) {
            stairs.add(f[0], f[1]);
        }
        return stairs.area();
    }
    std::sort(points.begin(), points.end(), [](const numbers &a, const numbers &b) { return a[2] < b[2]; });
    double volume = 0;
    for (size_t i = 0; i < points.size(); i++) { /* a slice from this height to the next */
        stairs.add(points[i][0], points[i][1]);
        volume += stairs.area() * ((i + 1 < points.size() ? points[i + 1][2] : corner) - points[i][2]);
    }
    return volume;
}
