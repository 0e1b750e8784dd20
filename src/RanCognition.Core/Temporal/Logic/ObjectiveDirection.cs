namespace RanCognition.Temporal.Logic;

/// <summary>Which way an objective points.</summary>
public enum ObjectiveDirection
{
    Maximize,
    Minimize,
}
