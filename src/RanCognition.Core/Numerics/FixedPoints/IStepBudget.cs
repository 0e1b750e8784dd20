namespace RanCognition.Numerics;

/// <summary>What may be spent beyond steps: asked before each evaluation of F.</summary>
internal interface IStepBudget
{
    /// <summary>False = time is up.</summary>
    bool MayEvaluate(int steps, ulong evaluations);
}
