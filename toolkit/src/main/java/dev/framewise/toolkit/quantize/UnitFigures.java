package dev.framewise.toolkit.quantize;

/**
 * What was measured of one unit.
 *
 * @param unit which
 * @param drift of the detections where only this unit is INT8
 * @param floatMicros what it takes in float, microseconds of one picture
 * @param int8Micros what it takes in INT8, without conversions around it
 * @param values numbers it hands on, of one picture
 */
record UnitFigures(Unit unit, double drift, double floatMicros, double int8Micros, int values) {}
