namespace RanCognition.Tests.Performance.Pool;

internal enum PoolAction
{
    Allocate,
    Free,
    FreeLastFirst,
    FreeAgain,
    FreeInner,
    FreeWrongSize,
    FreeNothing,
    FreeForeign,
    AllocateZero,
    AllocateTooMuch,
}
