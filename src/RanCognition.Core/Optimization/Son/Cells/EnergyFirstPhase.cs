using RanCognition.Numerics;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization.Son;

/// <summary>Switches cells off one after the other, those with the least load when all are on first, and keeps what holds; then exchanges one that is off for one that is on.</summary>
/// <remarks>Each setting is one evaluation. Starts from every cell on, which holds when anything that the search knows of does.</remarks>
internal static class EnergyFirstPhase
{
    private const int PassesMax = 3;

    public static IEnumerable<Batch> Run(SearchProblem problem, Ledger ledger, double[] allOnLoads)
    {
        int count = allOnLoads.Length;
        var batch = new Batch(count, 1, problem.ConstraintCount);
        int[] order = NumberSort.Order(allOnLoads);
        bool[] isFixed = new bool[count], isOn = new bool[count];
        for (int cell = 0; cell < count; cell++)
        {
            isFixed[cell] = problem.Space.LevelCount(cell) < 2;   // what may not change is at its only level
            isOn[cell] = true;
        }
        batch.Resize(1);
        Fill(problem, batch, isOn);
        yield return batch;
        double bestViolation = batch.Violation(0), bestValue = batch.Value(0);
        for (int pass = 0; pass < PassesMax; pass++)
        {
            bool hasChanged = false;
            foreach (int cell in order)
            {
                if (isFixed[cell] || !isOn[cell])
                {
                    continue;
                }
                isOn[cell] = false;
                Fill(problem, batch, isOn);
                yield return batch;
                isOn[cell] = !IsBetter(batch, ref bestViolation, ref bestValue);
                hasChanged |= !isOn[cell];
            }
            // one on again lets another one off: of those that are off the ones with most load first
            for (int i = count - 1; i >= 0; i--)
            {
                int back = order[i];
                if (isOn[back] || isFixed[back])
                {
                    continue;
                }
                isOn[back] = true;
                bool isExchanged = false;
                for (int j = 0; j < count && !isExchanged; j++)
                {
                    int off = order[j];
                    if (off == back || !isOn[off] || isFixed[off])
                    {
                        continue;
                    }
                    isOn[off] = false;
                    Fill(problem, batch, isOn);
                    yield return batch;
                    isExchanged = IsBetter(batch, ref bestViolation, ref bestValue);
                    isOn[off] = !isExchanged;
                }
                isOn[back] = isExchanged;
                hasChanged |= isExchanged;
            }
            if (!hasChanged || ledger.Stopped is not null)
            {
                break;
            }
        }
    }

    private static void Fill(SearchProblem problem, Batch batch, bool[] isOn)
    {
        Span<double> point = batch.Point(0);
        for (int cell = 0; cell < isOn.Length; cell++)
        {
            point[cell] = problem.Space.Coordinate(cell, isOn[cell] ? 1 : 0);
        }
    }

    private static bool IsBetter(Batch batch, ref double violation, ref double value)
    {
        if (batch.Violation(0) < violation || (batch.Violation(0) == violation && batch.Value(0) < value))
        {
            (violation, value) = (batch.Violation(0), batch.Value(0));
            return true;
        }
        return false;
    }
}
