using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Cognition.Networks;

/// <summary>Which cells the users of a cell receive besides it.</summary>
internal static unsafe class CellNeighbours
{
    /// <summary>The cells that interfere most with a cell's users, the strongest first.</summary>
    /// <param name="evaluator">At its present setting; a cell that is off is switched on.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="count">At most.</param>
    public static List<int> Of(RadioNetworkEvaluator evaluator, int cell, int count)
    {
        if (!evaluator.PresentCells[cell].On)
        {
            CellSpec[] cells = evaluator.PresentCells.ToArray();
            cells[cell] = cells[cell] with { On = true };
            evaluator.Set(cells);
        }
        double[] strength = Strengths(evaluator, cell);
        List<int> found = [];
        while (found.Count < count)
        {
            int strongest = -1;
            for (int other = 0; other < strength.Length; other++)
            {
                strongest = strength[other] > 0 && (strongest < 0 || strength[other] > strength[strongest]) ? other : strongest;
            }
            if (strongest < 0)
            {
                break;
            }
            found.Add(strongest);
            strength[strongest] = 0;
        }
        return found;
    }

    /// <summary>Weighted sum over the cell's users of power received from each other cell over that received from it.</summary>
    private static double[] Strengths(RadioNetworkEvaluator evaluator, int cell)
    {
        CouplingTable table = evaluator.Coupling.Table;
        double[] strength = new double[evaluator.Cells];
        for (int user = 0; user < evaluator.Users; user++)
        {
            if (table.ServingCell[user] != cell || table.SignalMw[user] == CouplingTable.NoSignalMw)
            {
                continue;
            }
            double* received = table.Block(user) + (user & 3);
            double factor = evaluator.Weights[user] / table.SignalMw[user];
            for (int other = 0; other < strength.Length; other++)
            {
                strength[other] += factor * received[4 * other];
            }
        }
        GC.KeepAlive(evaluator);   // the buffers behind raw pointers, to the end
        return strength;
    }
}
