namespace RanCognition.Scheduling;

/// <summary>What runs when a task is due: a core, or a callback of the host.</summary>
public abstract class TaskHandler
{
    /// <summary>Runs one task on the thread that executes the queue. 0 = success; else, or when it throws, the task has failed.</summary>
    /// <param name="taskId">Id of the task (of a recurring one, of this execution).</param>
    /// <param name="payload">The number given with a binary task; 0 for one with data.</param>
    /// <param name="data">The task's bytes; valid during the call.</param>
    /// <param name="reply">Takes what the result's data will be; valid during the call.</param>
    public abstract int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply);
}
