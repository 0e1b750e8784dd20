namespace RanCognition.Cognition.Networks;

/// <summary>What the network model can tell.</summary>
internal enum NetworkQuantity : byte
{
    Load,
    LargestLoad,
    PrbPercent,
    UserKilobits,
    UserMegabits,
    UserMegabitsP5,
    UserMegabitsP50,
    PowerW,
    EnergyKwh,
    Utility,
    UncoveredShare,
    CriticalScale,
    GeometryP5,
    GeometryP50,
    GeometryP95,
    CouplingLossP5,
    CouplingLossP50,
    CouplingLossP95,
    Feasible,
    OverloadedCells,
    CellsOn,
}
