using RanCognition.Cognition.Situations;

namespace RanCognition.Cognition.Networks;

/// <summary>A metric that the network model can tell.</summary>
/// <param name="quantity">What it is.</param>
/// <param name="cell">0-based; <see cref="WholeNetwork"/> = of all cells.</param>
internal sealed class NetworkMetric(NetworkQuantity quantity, int cell)
{
    public const int WholeNetwork = -1;

    public NetworkQuantity Quantity => quantity;

    public int Cell => cell;

    /// <summary>Whether changes of it are differences rather than ratios: it is in decibels or a logarithm.</summary>
    public bool IsOnLogarithmicScale => quantity is NetworkQuantity.Utility or (>= NetworkQuantity.GeometryP5 and <= NetworkQuantity.CouplingLossP95);

    /// <summary>Reads a metric key: a name of TS 28.552 or of a network's evaluation, with <c>NRCellDU=n/</c> (or NRCellCU) before it for one cell.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cells">Cells of the network.</param>
    /// <returns>Null when the model has no such number.</returns>
    public static NetworkMetric? Find(string key, int cells)
    {
        (string managedObject, string name) = ManagedObjects.Split(key);
        if (managedObject.Length == 0)
        {
            return OfNetwork(name) is { } whole ? new NetworkMetric(whole, WholeNetwork) : null;
        }
        int cell = CellAttributes.CellOf(managedObject, cells);
        return cell >= 0 && OfCell(name) is { } own ? new NetworkMetric(own, cell) : null;
    }

    private static NetworkQuantity? OfCell(string name) => name switch
    {
        "RRU.PrbTotDl" => NetworkQuantity.PrbPercent,
        "load" => NetworkQuantity.Load,
        "DRB.UEThpDl" => NetworkQuantity.UserKilobits,
        "throughput_mean_mbps" => NetworkQuantity.UserMegabits,
        "PEE.AvgPower" or "energy_w" => NetworkQuantity.PowerW,
        "PEE.Energy" => NetworkQuantity.EnergyKwh,
        _ => null,
    };

    private static NetworkQuantity? OfNetwork(string name) => name switch
    {
        "mean_load" => NetworkQuantity.Load,
        "max_load" => NetworkQuantity.LargestLoad,
        "throughput_mbps.mean" => NetworkQuantity.UserMegabits,
        "throughput_p5_mbps" or "throughput_mbps.p5" => NetworkQuantity.UserMegabitsP5,
        "throughput_p50_mbps" or "throughput_mbps.p50" => NetworkQuantity.UserMegabitsP50,
        "utility" => NetworkQuantity.Utility,
        "uncovered_share" => NetworkQuantity.UncoveredShare,
        "critical_scale" => NetworkQuantity.CriticalScale,
        "geometry_p5_db" or "geometry_db.p5" => NetworkQuantity.GeometryP5,
        "geometry_p50_db" or "geometry_db.p50" => NetworkQuantity.GeometryP50,
        "geometry_p95_db" or "geometry_db.p95" => NetworkQuantity.GeometryP95,
        "coupling_loss_p5_db" or "coupling_loss_db.p5" => NetworkQuantity.CouplingLossP5,
        "coupling_loss_p50_db" or "coupling_loss_db.p50" => NetworkQuantity.CouplingLossP50,
        "coupling_loss_p95_db" or "coupling_loss_db.p95" => NetworkQuantity.CouplingLossP95,
        "feasible" => NetworkQuantity.Feasible,
        "overloaded_cells" => NetworkQuantity.OverloadedCells,
        "cells_on" => NetworkQuantity.CellsOn,
        "load" => null,
        _ => OfCell(name),
    };
}
