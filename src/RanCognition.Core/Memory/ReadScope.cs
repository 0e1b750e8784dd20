namespace RanCognition.Memory;

/// <summary>Holds a lock for reading until disposed.</summary>
internal readonly ref struct ReadScope
{
    private readonly ReaderWriterLockSlim _lock;

    public ReadScope(ReaderWriterLockSlim gate)
    {
        _lock = gate;
        gate.EnterReadLock();
    }

    public void Dispose() => _lock.ExitReadLock();
}
