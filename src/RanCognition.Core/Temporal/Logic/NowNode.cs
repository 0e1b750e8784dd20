namespace RanCognition.Temporal.Logic;

/// <summary>A formula prepared for evaluation at the end of the history: one truth value a path, and when it was settled.</summary>
internal abstract class NowNode
{
    /// <summary>Truth of the formula on the path evaluated last; NaN = undecided.</summary>
    public double Truth { get; protected set; }

    /// <summary>Fills <see cref="Truth"/> for one path.</summary>
    public abstract void Evaluate(int scenario);

    /// <summary>Lead (1..) at which the truth found last became certain, the samples being seen one after another.</summary>
    /// <remarks>Of always, the first violating sample; of eventually, when violated, the end of its window.</remarks>
    public abstract int SettledAt();
}
