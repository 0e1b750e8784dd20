using RanCognition.Contracts;

namespace RanCognition.Scheduling;

/// <summary>A task's type and wishes, checked and looked up once for all the tasks that have them; good for the scheduler that prepared it.</summary>
public sealed class PreparedType
{
    internal readonly TaskSpec Spec;
    internal readonly ushort Handler;
    internal readonly bool IsPlain;

    internal PreparedType(TaskSpec spec, ushort handler)
    {
        Spec = spec;
        Handler = handler;
        IsPlain = spec.IsPlain;
    }

    /// <summary>It waits for certain tasks, so it is of one task only.</summary>
    public bool IsOfOneTask => Spec.After.Count != 0;
}
