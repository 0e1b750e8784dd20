using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Cognition.Networks;

/// <summary>Numbers of an evaluator's present setting by metric.</summary>
/// <remarks>
/// Loads are demand over capacity, not cut at 1: a metric above its target says by how much. Without a finite load vector a cell that is on has the load <see cref="NoLoads"/>, users get nothing, and power is that of
/// full load, which is what such a network takes; with every cell off the largest load is <see cref="NoLoads"/> too. So a target on load or throughput does not hold there, rather than being unknown.
/// </remarks>
internal sealed class NetworkReader(RadioNetworkEvaluator evaluator, EnergySpec energy)
{
    /// <summary>Load where there are no finite loads: what max_load is violated by in a self-organising network's problems.</summary>
    public const double NoLoads = 1e9;

    // Utility where some user gets nothing, and how far the traffic may grow where nothing limits it.
    private const double NoUtility = -1e9, AnyScale = 1e9;

    private const double KilobitsPerMegabit = 1000, WattsPerKilowatt = 1000, PercentPerUnit = 100;

    private double[]? _userMegabits;   // by cell; null = not computed for the present setting

    /// <summary>Reads metrics of the present setting.</summary>
    /// <param name="metrics">Null = not told.</param>
    /// <param name="values">One each; NaN where there is no such number.</param>
    public void Read(NetworkMetric?[] metrics, double[] values)
    {
        _userMegabits = null;
        Percentiles? geometry = null, couplingLoss = null;
        for (int i = 0; i < metrics.Length; i++)
        {
            if (metrics[i] is not { } metric)
            {
                values[i] = double.NaN;
                continue;
            }
            if (metric.Quantity is >= NetworkQuantity.GeometryP5 and <= NetworkQuantity.GeometryP95)
            {
                geometry ??= evaluator.GeometryDb();
                values[i] = Of(geometry, metric.Quantity - NetworkQuantity.GeometryP5);
            }
            else if (metric.Quantity is >= NetworkQuantity.CouplingLossP5 and <= NetworkQuantity.CouplingLossP95)
            {
                couplingLoss ??= evaluator.CouplingLossDb();
                values[i] = Of(couplingLoss, metric.Quantity - NetworkQuantity.CouplingLossP5);
            }
            else
            {
                values[i] = metric.Cell >= 0 ? OfCell(metric.Quantity, metric.Cell) : OfNetwork(metric.Quantity);
            }
        }
    }

    private double OfCell(NetworkQuantity quantity, int cell) => quantity switch
    {
        NetworkQuantity.Load => Load(cell),
        NetworkQuantity.PrbPercent => PercentPerUnit * Load(cell),
        NetworkQuantity.UserMegabits => UserMegabits(cell),
        NetworkQuantity.UserKilobits => KilobitsPerMegabit * UserMegabits(cell),
        NetworkQuantity.PowerW => PowerW(cell),
        NetworkQuantity.EnergyKwh => PowerW(cell) / WattsPerKilowatt,
        _ => double.NaN,
    };

    private double OfNetwork(NetworkQuantity quantity) => quantity switch
    {
        NetworkQuantity.Load => MeanLoad(),
        NetworkQuantity.PrbPercent => PercentPerUnit * MeanLoad(),
        NetworkQuantity.LargestLoad => evaluator.IsFeasible ? evaluator.LargestLoad : NoLoads,
        NetworkQuantity.UserMegabits => evaluator.ThroughputMeanMbps ?? 0,
        NetworkQuantity.UserKilobits => KilobitsPerMegabit * (evaluator.ThroughputMeanMbps ?? 0),
        NetworkQuantity.UserMegabitsP5 => evaluator.ThroughputMbps(0.05) ?? 0,
        NetworkQuantity.UserMegabitsP50 => evaluator.ThroughputMbps(0.5) ?? 0,
        NetworkQuantity.PowerW => NetworkPowerW(),
        NetworkQuantity.EnergyKwh => NetworkPowerW() / WattsPerKilowatt,
        NetworkQuantity.Utility => evaluator.Utility ?? NoUtility,
        NetworkQuantity.UncoveredShare => evaluator.UncoveredShare,
        NetworkQuantity.CriticalScale => evaluator.CriticalScale ?? AnyScale,
        NetworkQuantity.Feasible => evaluator.IsFeasible ? 1 : 0,
        NetworkQuantity.OverloadedCells => Overloaded(),
        NetworkQuantity.CellsOn => CellsOn(),
        _ => double.NaN,
    };

    private double Load(int cell) => evaluator.IsFeasible ? evaluator.Loads[cell] : evaluator.PresentCells[cell].On ? NoLoads : 0;

    /// <summary>Over the cells that are on: what is off is not a part of what is offered.</summary>
    private double MeanLoad()
    {
        double sum = 0;
        int on = CellsOn();
        for (int cell = 0; cell < evaluator.Cells; cell++)
        {
            sum += Load(cell);
        }
        return on == 0 ? NoLoads : sum / on;
    }

    private double PowerW(int cell) => evaluator.PresentCells[cell].On ? energy.ActiveW + energy.LoadW * Math.Min(Load(cell), 1) : energy.SleepW;

    private double NetworkPowerW()
    {
        if (evaluator.EnergyW is { } power)
        {
            return power;
        }
        double sum = 0;
        for (int cell = 0; cell < evaluator.Cells; cell++)
        {
            sum += PowerW(cell);
        }
        return sum;
    }

    private int Overloaded()
    {
        int count = 0;
        for (int cell = 0; cell < evaluator.Cells; cell++)
        {
            count += Load(cell) > 1 ? 1 : 0;
        }
        return count;
    }

    private int CellsOn()
    {
        int count = 0;
        foreach (CellSpec cell in evaluator.PresentCells)
        {
            count += cell.On ? 1 : 0;
        }
        return count;
    }

    /// <summary>Weighted mean of the rates of the users that a cell serves; 0 for one without users, as TS 28.552 has it.</summary>
    private double UserMegabits(int cell) => (_userMegabits ??= UserMegabitsByCell())[cell];

    private double[] UserMegabitsByCell()
    {
        double[] means = new double[evaluator.Cells], weights = new double[evaluator.Cells];
        if (evaluator.RatesMbps() is not { } rates)
        {
            return means;
        }
        int[] serving = evaluator.Coupling.Table.ServingCell;
        for (int user = 0; user < rates.Length; user++)
        {
            means[serving[user]] += evaluator.Weights[user] * rates[user];
            weights[serving[user]] += evaluator.Weights[user];
        }
        for (int cell = 0; cell < means.Length; cell++)
        {
            means[cell] = weights[cell] > 0 ? means[cell] / weights[cell] : 0;
        }
        return means;
    }

    private static double Of(Percentiles percentiles, int place) => (place == 0 ? percentiles.P5 : place == 1 ? percentiles.P50 : percentiles.P95) ?? double.NaN;
}
