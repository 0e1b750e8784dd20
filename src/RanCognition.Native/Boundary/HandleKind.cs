namespace RanCognition.Native.Boundary;

/// <summary>What a handle stands for; the number is part of the handle's value. 0 is never used, so no handle is NULL.</summary>
internal enum HandleKind : byte
{
    Temporal = 1,
    Scheduler = 2,
    Pool = 3,
    Loader = 4,
    Module = 5,
    Memory = 6,
    Optimization = 7,
    StrangeLoop = 8,
    Cognitive = 9,

    /// <summary>The reply of a running task: never in the table, see <see cref="Execution"/>.</summary>
    Reply = 255,
}
