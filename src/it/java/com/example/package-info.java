/** What a user brings along. */
package com.example;
