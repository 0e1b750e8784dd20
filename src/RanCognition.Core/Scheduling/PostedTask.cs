namespace RanCognition.Scheduling;

/// <summary>What another thread hands to the queue's owner, in native memory: a plain task, or (Handler 0) a call to be made for it.</summary>
internal unsafe struct PostedTask
{
    public PostedTask* Next;
    public ulong Id;
    public ulong ExecuteTime;

    /// <summary>The task's; or the GCHandle of the call.</summary>
    public ulong Payload;

    public ushort Handler;
    public byte Priority;
    public TaskFlags Flags;
}
